#!/usr/bin/env bash
# What a SYN flood at the traps 1000 to 1020 costs the daemon, from one source and from random ones of 10.0.0.0/8, as
# fast as trafgen (netsniff-ng) sends: generator and receive interrupt have core 0, the daemon has core 1 and only logs.
# Between the two stands the floor: RingReader, the daemon's own packet ring with nothing behind it but the decoder.
# The daemon is warmed up by a flood of its own. As root, after a build:
#     bench/flood.sh [SECONDS] [ROUNDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
source "$(dirname "${BASH_SOURCE[0]}")/syn.sh"

seconds=${1:-5}
rounds=${2:-3}
pin=(taskset -c 1)

# Of all threads: CPU in nanoseconds and context switches.
spent() {
    cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f ", sum }'
    cat /proc/"$1"/task/*/status | awk '/ctxt_switches/ { sum += $2 } END { print sum }'
}

ticks() { awk '{ print $14, $15 }' "/proc/$1/stat"; }

resident_megabytes() { awk '/^VmRSS/ { printf "%.1f\n", $2 / 1024 }' "/proc/$1/status"; }

counted() {
    ip netns exec "$sensor" curl -s http://127.0.0.1:9465/metrics \
        | awk '/^edge_sentry_probes_total.*capture.*"probe"/ { sum += $2 } END { printf "%.0f\n", sum }'
}
threads() {
 for t in /proc/$1/task/*; do echo "$(cat $t/comm)_${t##*/} $(cut -d' ' -f1 $t/schedstat) $(awk '/^voluntary/{v=$2} /^nonvol/{n=$2} END{print v,n}' $t/status)"; done
}
flood() {
    local packets seen cpu switches now
    seen=$(counted)
    threads $daemon > /tmp/t0
    packets=$(received)
    read -r cpu switches <<< "$(spent "$daemon")"
    read -r u s <<< "$(ticks "$daemon")"
    syn_flood "$2" "$seconds"
    sleep 1
    read -r u2 s2 <<< "$(ticks "$daemon")"
    read -r now more <<< "$(spent "$daemon")"
    packets=$(($(received) - packets))
    threads $daemon > /tmp/t1
    seen=$(($(counted) - seen))
    awk -v name="$1" -v cpu=$((now - cpu)) -v packets=$packets -v seen=$seen -v switches=$((more - switches)) \
        -v seconds=$seconds -v u=$((u2-u)) -v s=$((s2-s)) -v memory="$(resident_megabytes "$daemon")" 'BEGIN {
        printf "%-16s %4.0f k/s, %7.3f %% counted, %.3f s per million (user %.3f, sys %.3f), %5.0f switches a second, %.1f MB\n", name,
            packets / seconds / 1000, 100 * seen / packets, cpu / packets / 1000, u*10000/packets, s*10000/packets, switches / seconds, memory }'
    join <(tr " " "_" < /tmp/t0 | sed -E "s/_([0-9]+)_([0-9]+)_([0-9]+)$/ \1 \2 \3/" | sort) <(tr " " "_" < /tmp/t1 | sed -E "s/_([0-9]+)_([0-9]+)_([0-9]+)$/ \1 \2 \3/" | sort) | awk -v s=$seconds '$5-$2>20000000 {printf "      %-16s %5.0f ms, %6.0f vol/s %6.0f invol/s\n", $1, ($5-$2)/1e6, ($6-$3)/s, ($7-$4)/s}'
}
lab_open
ip -n "$sensor" route add 10.0.0.0/8 via 10.77.0.1
sed -i -e 's/^BLOCK_TCP=.*/BLOCK_TCP="0"/; s/^TCP_PORTS=.*/TCP_PORTS="1000-1020"/' "$directory/portsentry.conf"
echo 'METRICS_LISTEN="127.0.0.1:9465"' >> "$directory/portsentry.conf"
syn_open
sentry_start
sleep 2; for t in /proc/$daemon/task/*; do c=$(cat $t/comm); [[ -n ${RENICE:-} && $c =~ $RENICE ]] && renice -n 10 -p ${t##*/}; done
counted > /dev/null
flood "warm-up" random
for k in ${FLOODS:-one random}; do flood $k $k; done
sentry_stop
sleep 0.3
cat "$directory/console.log" | tail -3
