#!/usr/bin/env bash
# Packets a second of `sentry replay` on one core, in a JVM that is warm. After a build of sentry-netty and bench:
#     bench/replay.sh [PACKETS] [TIMES]
# One process reads the capture once, another TIMES + 1 times: the difference is what a warm JVM takes. Once with the
# network that the capture is about as home, and once with a home that nobody talks to: that is the reader alone.
set -euo pipefail

checkout=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
packets=${1:-2000000}
times=${2:-4}
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
capture=$directory/capture.pcap
TIMEFORMAT='%R %U %S'

# Arguments: home, how often. Seconds of wall clock, of CPU in the program, of CPU in the kernel.
seconds() {
    local captures=() i
    for ((i = 0; i < $2; i++)); do
        captures+=("$capture")
    done
    { time taskset -c 0 "$checkout/sentry" replay --json --home "$1" "${captures[@]}" > "$directory/output"; } 2>&1
}

# Arguments: name, home.
measure() {
    local once many
    once=$(seconds "$2" 1)
    many=$(seconds "$2" $((times + 1)))
    awk -v name="$1" -v packets=$((packets * times)) -v once="$once" -v many="$many" 'BEGIN {
        split(once, o)
        split(many, m)
        cpu = m[2] + m[3] - o[2] - o[3]
        printf "%-24s %.2f million packets in a second, %.2f in a second of CPU\n", name,
            packets / (m[1] - o[1]) / 1e6, packets / cpu / 1e6 }'
}

java -cp "$checkout/bench/target/benchmarks.jar" org.edgesentry.bench.MixedCapture "$capture" "$packets"
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores; $packets packets, $(stat -c %s "$capture") bytes"
measure "reading and judging" 192.0.2.0/24
measure "reading alone" 100.64.0.1
