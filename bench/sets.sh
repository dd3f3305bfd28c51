#!/usr/bin/env bash
# What blocks cost: starts with full ledgers, 10,000 blocks at once, and packets past a full set. As root, after a build:
#     bench/sets.sh [ROUNDS] [PINGS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

rounds=${1:-5}
pings=${2:-20000}
full=200000
set="inet edge_sentry blocked4"

# Text of so many addresses of 100.64.0.0/10, a line each.
addresses() {
    awk -v count="$1" 'BEGIN { for (i = 0; i < count; i++)
        printf "100.%d.%d.%d\n", 64 + int(i / 65536), int(i / 256) % 256, i % 256 }'
}

on_sensor() {
    ip netns exec "$sensor" "$@"
}

milliseconds() {
    local began=${EPOCHREALTIME/./}
    "$@" > /dev/null
    echo $(((${EPOCHREALTIME/./} - began) / 1000))
}

# Microseconds of a round trip of UDP, the mean of many sent one after the other.
round_trip() {
    ip netns exec "$scanner" python3 -c '
import socket, sys, time
wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
wire.connect(("10.77.0.2", 7007))
wire.settimeout(1)
begin = time.monotonic()
for i in range(int(sys.argv[1])):
    wire.send(b"?")
    wire.recv(9)
print((time.monotonic() - begin) / int(sys.argv[1]) * 1e6)' "$pings"
}

# Sends back what comes until it is ended.
serve() {
    exec ip netns exec "$sensor" python3 -c '
import socket
wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
wire.bind(("10.77.0.2", 7007))
while True:
    data, peer = wire.recvfrom(9)
    wire.sendto(data, peer)'
}

# A ledger of so many blocks that end in a day, and no firewall: as after a reboot.
prepare() {
    rm -rf "$directory/state"
    on_sensor nft flush ruleset
    sentry_start
    sentry_stop
    on_sensor nft flush ruleset
    (($1 == 0)) || sqlite3 "$directory/state/ledger.db" "
        WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < $1 - 1)
        INSERT INTO blocks SELECT '100.' || (64 + i / 65536) || '.' || (i / 256 % 256) || '.' || (i % 256), 'PROBE',
            '100.' || (64 + i / 65536) || '.' || (i / 256 % 256) || '.' || (i % 256), 6, 11,
            strftime('%s') * 1000000000, (strftime('%s') + 86400) * 1000000000, 1, 'TCP/11', 1, NULL, NULL FROM n"
}

lab_open
sed -i 's/^BLOCK_TCP=.*/BLOCK_TCP="1"/' "$directory/portsentry.conf"
grep -q '^BLOCK_TCP=' "$directory/portsentry.conf" || echo 'BLOCK_TCP="1"' >> "$directory/portsentry.conf"
echo "STATE_DIR=\"$directory/state\"" >> "$directory/portsentry.conf"
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"

for count in 0 10000 "$full"; do
    : > "$directory/ready"
    for ((i = 0; i < rounds; i++)); do
        prepare "$count"
        sentry_start
        echo "$ready_micros" >> "$directory/ready"
        held=$(on_sensor nft list set $set | grep -o expires | wc -l || true)
        ((held >= count)) || echo "only $held of $count in the set" >&2
        sentry_stop
    done
    awk '{ print $1 / 1000 }' "$directory/ready" | summary "start with $count blocks" ms
done

{ echo "add element $set {"; addresses 10000 | sed 's/$/ timeout 3600s,/'; echo "}"; } > "$directory/batch"
for ((i = 0; i < rounds; i++)); do
    on_sensor nft flush set $set
    milliseconds on_sensor nft -f "$directory/batch"
done | summary "10,000 blocks, nft alone" ms

serve &
server=$!
trap 'kill "$server"; lab_close' EXIT
sleep 1
# In turn, so that whatever else the machine does falls on both.
{ echo "add element $set {"; addresses "$full" | sed 's/$/ timeout 3600s,/'; echo "}"; } > "$directory/batch"
for ((i = 0; i < rounds; i++)); do
    on_sensor nft flush set $set
    round_trip >> "$directory/empty"
    on_sensor nft -f "$directory/batch"
    round_trip >> "$directory/full"
done
summary "round trip, empty set" us < "$directory/empty"
summary "round trip, $full in the set" us < "$directory/full"
