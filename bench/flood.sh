#!/usr/bin/env bash
# What a SYN flood at one trap costs the daemon, from one source and from random ones: CPU for each packet, packets that
# were not counted, and resident memory before and after. hping3 sends for some seconds between two namespaces of the
# script's own; the daemon only logs. As root, after a build:
#     bench/flood.sh [SECONDS] [ROUNDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

seconds=${1:-6}
rounds=${2:-3}

cpu_nanos() {
    awk '{ sum += $1 } END { printf "%.0f\n", sum }' /proc/"$daemon"/task/*/schedstat
}

resident_megabytes() {
    awk '/^VmRSS/ { printf "%.1f\n", $2 / 1024 }' "/proc/$daemon/status"
}

received() {
    ip netns exec "$sensor" cat /sys/class/net/near/statistics/rx_packets
}

# Arguments: name, what hping3 is told about sources.
flood() {
    local cpu packets
    packets=$(received)
    cpu=$(cpu_nanos)
    timeout "$seconds" ip netns exec "$scanner" hping3 -q --flood -S -p 111 ${2:-} 10.77.0.2 > "$directory/hping" 2>&1 || true
    sleep 1
    cpu=$(($(cpu_nanos) - cpu))
    packets=$(($(received) - packets))
    awk -v name="$1" -v cpu=$cpu -v packets=$packets -v memory="$(resident_megabytes)" 'BEGIN {
        printf "%-16s %9d packets, %5.0f ns of CPU for each, %.1f MB resident after\n", name, packets,
            cpu / packets, memory }'
}

lab_open
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"
sed -i 's/^BLOCK_TCP=.*/BLOCK_TCP="0"/' "$directory/portsentry.conf"
sentry_start
sleep 3
echo "resident before: $(resident_megabytes) MB"
flood "warm-up"
for ((round = 0; round < rounds; round++)); do
    flood "one source"
    flood "random sources" --rand-source
done
sentry_stop
grep "Edge Sentry stops" "$directory/console.log" || true
