#!/usr/bin/env bash
# Of 1025 TCP ports (1-1024 and 8080) that nmap asks about as fast as it can, how many it gets an answer for, closed or
# open; 22, 80, 443 and 8080 are services, all others up to 1024 traps. As root, after a build:
#     bench/learned.sh [ROUNDS]
# A round: Edge Sentry with BLOCK_OFFLOAD 1, then 0, then PortSentry -atcp with iptables (Debian package portsentry,
# left out where it is not installed), each started anew and warmed up by two scans of other addresses that do not
# count. Needs nmap and socat.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

rounds=${1:-10}
warm_ups=2
services=(22 80 443 8080)
servers=()
scans=0

scan() {
    scans=$((scans + 1))
    ip netns exec "$scanner" nmap -n -Pn --send-ip -e far -S "10.88.$((scans / 250)).$((scans % 250 + 1))" \
        -sS -T5 --min-rate 5000 -p1-1024,8080 -oX "$directory/scan.xml" 10.77.0.2 > /dev/null
}

# Ports with an answer in the last scan, and the services among them.
learned() {
    awk -v RS='<' '
        /^extraports state="closed"/ { split($0, part, "\""); all += part[4] }
        /^state state="(open|closed)"/ { all++ }
        /^state state="open"/ { open++ }
        END { print all + 0, open + 0 }' "$directory/scan.xml"
}

# Arguments: name of the contestant.
measure() {
    for ((i = 0; i < warm_ups; i++)); do
        scan
    done
    scan
    learned >> "$directory/learned-$1"
}

edge_sentry() {
    sed -i '/^BLOCK_OFFLOAD=/d' "$directory/portsentry.conf"
    echo "BLOCK_OFFLOAD=\"$1\"" >> "$directory/portsentry.conf"
    sentry_start
    sleep 1
    measure "offload-$1"
    sentry_stop
    ip netns exec "$sensor" nft flush ruleset
    # What is in the ledger would be blocked again.
    rm -rf "$directory/state"
}

# Its paths are compiled in; a mount of its own puts our directory there.
portsentry_atcp() {
    ip netns exec "$sensor" sh -c 'mount --bind "$1" /etc/portsentry && exec portsentry -atcp' sh "$directory/peer" \
        > /dev/null 2>&1
    until ip netns exec "$sensor" ss -Hanw | grep -q .; do
        sleep 0.1
    done
    sleep 1
    measure portsentry
    for process in $(ip netns pids "$sensor"); do
        if [[ $(< "/proc/$process/comm") == portsentry ]]; then
            kill "$process"
        fi
    done
    ip netns exec "$sensor" iptables -F INPUT
}

report() {
    awk '{ print $1 }' "$directory/learned-$1" | summary "$2" ports
    awk '{ print $2 }' "$directory/learned-$1" | summary "    of the 4 services" services
}

lab_open
sed -i -e 's|^TCP_PORTS=.*|TCP_PORTS="1-1024"|' -e 's|^BLOCK_TCP=.*|BLOCK_TCP="1"|' "$directory/portsentry.conf"
echo "STATE_DIR=\"$directory/state\"" >> "$directory/portsentry.conf"
mkdir "$directory/peer"
: > "$directory/peer/portsentry.ignore"
cat > "$directory/peer/portsentry.conf" << CONF
TCP_PORTS="1"
UDP_PORTS="1"
ADVANCED_PORTS_TCP="1024"
ADVANCED_PORTS_UDP="1024"
ADVANCED_EXCLUDE_TCP="8080"
ADVANCED_EXCLUDE_UDP="520"
IGNORE_FILE="$directory/peer/portsentry.ignore"
HISTORY_FILE="$directory/peer/history"
BLOCKED_FILE="$directory/peer/blocked"
RESOLVE_HOST="0"
BLOCK_UDP="0"
BLOCK_TCP="1"
KILL_ROUTE="/usr/sbin/iptables -I INPUT -s \$TARGET\$ -j DROP"
SCAN_TRIGGER="0"
CONF
for port in "${services[@]}"; do
    ip netns exec "$sensor" socat "TCP4-LISTEN:$port,fork,reuseaddr,backlog=128" PIPE 2> /dev/null &
    servers+=($!)
done
trap 'kill "${servers[@]}"; lab_close' EXIT
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"

for ((round = 0; round < rounds; round++)); do
    edge_sentry 1
    edge_sentry 0
    if command -v portsentry > /dev/null; then
        portsentry_atcp
    fi
done
report offload-1 "Edge Sentry, BLOCK_OFFLOAD 1"
report offload-0 "Edge Sentry, BLOCK_OFFLOAD 0"
if [[ -e $directory/learned-portsentry ]]; then
    report portsentry "PortSentry 1.2 -atcp, iptables"
fi
