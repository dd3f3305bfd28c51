#!/usr/bin/env bash
# What the daemon costs ordinary traffic: iperf3 (Debian's package) at a fixed rate between the two namespaces, without
# the daemon, with it and BLOCK_OFFLOAD="0", and with the kernel's trap rules (BLOCK_OFFLOAD="1"), taking turns, and what
# all cores of the machine did meanwhile (/proc/stat), for each gigabyte. The client has core 0, server and daemon have
# core 1. All ports but the server's are traps. As root, after a build:
#     bench/iperf.sh [SECONDS] [ROUNDS] [GBITS_A_SECOND]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

seconds=${1:-5}
rounds=${2:-5}
gbits_a_second=${3:-4}
pin=(taskset -c 1)
results=

cpu_nanos() {
    awk '{ sum += $1 } END { printf "%.0f", sum }' /proc/"$1"/task/*/schedstat
}

# Hundredths of a second that the cores were not idle so far.
busy() {
    awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 }' /proc/stat
}

# Argument: a direction of iperf3. Prints gigabytes and the seconds that the machine was busy for each of them.
cost() {
    local before gigabytes
    before=$(busy)
    gigabytes=$(ip netns exec "$scanner" taskset -c 0 iperf3 -c 10.77.0.2 -p 5201 -t "$seconds" -b "${gbits_a_second}G" $1 -J \
        | jq '.end.sum_received.bytes / 1e9')
    awk -v hundredths=$(($(busy) - before)) -v gigabytes="$gigabytes" 'BEGIN {
        printf "%.2f\t%.4f", gigabytes, hundredths / 100 / gigabytes }'
}

# Argument: name of the case. Prints both directions and the daemon's CPU.
transfer() {
    local cpu=0 to from
    [[ -z ${daemon:-} ]] || cpu=$(cpu_nanos "$daemon")
    to=$(cost "")
    from=$(cost -R)
    [[ -z ${daemon:-} ]] || cpu=$(($(cpu_nanos "$daemon") - cpu))
    awk -v name="$1" -v to="$to" -v from="$from" -v cpu="$cpu" -v seconds=$((2 * seconds)) 'BEGIN {
        printf "%s\t%s\t%s\t%.3f\n", name, to, from, cpu / 1e7 / seconds }' | tee -a "$directory/transfers" | sed 's/\t/ /g' >&2
}

with_daemon() {
    sed -i "s/^BLOCK_OFFLOAD=.*/BLOCK_OFFLOAD=\"$1\"/" "$directory/portsentry.conf"
    sentry_start
    # Behind the rehearsal of a flood.
    sleep 8
    transfer "$2"
    sentry_stop
    ip netns exec "$sensor" nft flush ruleset
}

table() {
    echo "| | to the sensor: GB | busy seconds a GB: median (range) | from it: GB | busy seconds a GB | daemon's CPU, % of a core |"
    echo "|---|---|---|---|---|---|"
    cut -f1 "$directory/transfers" | awk '!seen[$0]++' | while IFS= read -r name; do
        printf '| %s | %s | %s | %s | %s | %s |\n' "$name" "$(spread "$name" 2)" "$(spread "$name" 3)" \
            "$(spread "$name" 4)" "$(spread "$name" 5)" "$(spread "$name" 6)"
    done
}

spread() {
    awk -F'\t' -v name="$1" -v column="$2" '$1 == name { print $column }' "$directory/transfers" | sort -n \
        | awk '{ v[NR] = $1 } END { printf "%g (%g to %g)", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR] }'
}

lab_open
sed -i 's/^BLOCK_TCP=.*/BLOCK_TCP="1"/; s/^TCP_PORTS=.*/TCP_PORTS="1-5200,5202-65535"/' "$directory/portsentry.conf"
sed -i 's/^UDP_PORTS=.*/UDP_PORTS="1-65535"/; /^BLOCK_OFFLOAD=/d' "$directory/portsentry.conf"
echo 'BLOCK_OFFLOAD="0"' >> "$directory/portsentry.conf"
ip netns exec "$sensor" taskset -c 1 iperf3 -s -p 5201 > "$directory/server" 2>&1 &
server=$!
trap 'kill "$server" || true; lab_close' EXIT
sleep 0.5
transfer "warm-up" > /dev/null 2>&1
: > "$directory/transfers"
for ((round = 0; round < rounds; round++)); do
    transfer "no daemon"
    with_daemon 0 "daemon"
    with_daemon 1 "daemon and kernel's rules"
done
table
