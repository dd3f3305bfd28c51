#!/usr/bin/env bash
# Packets a second of `sentry replay`, in a JVM that is warm, on one core. After a build of sentry-netty and bench:
#     bench/replay.sh [PACKETS] [TIMES]
# One process reads the capture once, another TIMES + 1 times: the difference is what a warm JVM takes.
set -euo pipefail

checkout=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
packets=${1:-2000000}
times=${2:-4}
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
capture=$directory/capture.pcap
TIMEFORMAT='%R %U %S'

java -cp "$checkout/bench/target/benchmarks.jar" org.edgesentry.bench.MixedCapture "$capture" "$packets"
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores; $packets packets, $(stat -c %s "$capture") bytes"

# Seconds of wall clock and of CPU for so many readings.
seconds() {
    local captures=() i
    for ((i = 0; i < $1; i++)); do
        captures+=("$capture")
    done
    { time taskset -c 0 "$checkout/sentry" replay --json --home 192.0.2.0/24 "${captures[@]}" > "$directory/output"; } 2>&1
}

read -r cold_wall cold_user cold_system < <(seconds 1)
read -r wall user system < <(seconds $((times + 1)))
awk -v once="$packets" -v times="$times" -v cold="$cold_wall" -v wall="$wall" \
    -v cold_cpu="$cold_user $cold_system" -v cpu="$user $system" 'BEGIN {
    split(cold_cpu, c)
    split(cpu, w)
    took = wall - cold
    computed = w[1] + w[2] - c[1] - c[2]
    printf "%-32s %.2f s, %.0f packets/s\n", "cold, with the start", cold, once / cold
    printf "%-32s %.2f s, %.0f packets/s; %.2f s of CPU\n", "warm", took, once * times / took, computed }'
