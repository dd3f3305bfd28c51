#!/usr/bin/env bash
# What the daemon allocates and writes in a flood: bytes by thread, as the virtual machine counts them, and the growth of
# its files. trafgen (netsniff-ng) sends SYN at one trap as fast as it can, from sources of 10.0.0.0/8 or from one,
# between two namespaces of the script's own. As root, after a build:
#     bench/garbage.sh [SECONDS] [BLOCK_TCP]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

seconds=${1:-60}
block=${2:-0}

# Lines "thread bytes", what has the same name added up.
allocated() {
    jcmd "$daemon" Thread.print -e | sed -n 's/^"\([^"]*\)".* allocated=\([0-9]*\)\([BKMG]\).*/\2 \3 \1/p' | awk '
        { name = $0; sub(/^[^ ]* [^ ]* /, "", name); gsub(/ /, "-", name)
          sum[name] += $1 * ($2 == "B" ? 1 : $2 == "K" ? 1024 : $2 == "M" ? 1048576 : 1073741824) }
        END { for (name in sum) printf "%s %.0f\n", name, sum[name] }' | sort
}

# Lines "file bytes".
written() {
    (cd "$directory" && stat -c '%n %s' console.log history blocked state/ledger.db* 2> /dev/null || true) | sort
}

# Arguments: two files of lines "name number", divisor, least to show, unit.
growth() {
    join -a 2 "$1" "$2" | awk -v by="$3" -v least="$4" -v unit="$5" '
        { grown = NF == 3 ? $3 - $2 : $2; sum += grown
          if (grown >= least) printf "    %10.0f %s  %s\n", grown / by, unit, $1 }
        END { printf "    %10.0f %s  in all\n", sum / by, unit }'
}

received() {
    ip netns exec "$sensor" cat /sys/class/net/near/statistics/rx_packets
}

# Arguments: name, sources for trafgen, seconds.
flood() {
    local packets
    cat > "$directory/flood.cfg" << END
{ 0x$(ip netns exec "$sensor" sed 's/:/,0x/g' /sys/class/net/near/address), 0x02,0,0,0,0,1, 0x08,0x00,
  0x45,0, c16(40), drnd(2), 0x40,0, 64,6, csumip(14,33), $2, 10,77,0,2,
  drnd(2), c16(111), drnd(4), 0,0,0,0, 0x50,0x02, c16(1024), csumtcp(14,34), 0,0 }
END
    # The first question loads classes.
    allocated > /dev/null
    allocated > "$directory/allocated.before"
    written > "$directory/written.before"
    packets=$(received)
    timeout -s INT "$3" ip netns exec "$scanner" trafgen -P 1 -o far -i "$directory/flood.cfg" \
        > "$directory/trafgen" 2>&1 || true
    sleep 1
    packets=$(($(received) - packets))
    allocated > "$directory/allocated.after"
    written > "$directory/written.after"
    echo "$1, BLOCK_TCP=$block: $packets packets in $3 s"
    growth "$directory/allocated.before" "$directory/allocated.after" 1024 65536 "kB allocated"
    growth "$directory/written.before" "$directory/written.after" 1024 1 "kB written"
}

lab_open
sed -i "s/^BLOCK_TCP=.*/BLOCK_TCP=\"$block\"/" "$directory/portsentry.conf"
sentry_start
sleep 2
flood "random sources, to an empty host table" "10,drnd(3)" 10
flood "random sources" "10,drnd(3)" "$seconds"
flood "one source" "10,77,0,1" "$seconds"
sentry_stop
grep "Edge Sentry stops" "$directory/console.log" || true
