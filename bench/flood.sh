#!/usr/bin/env bash
# What a SYN flood at the traps 1000 to 1020 costs, from one source and from random ones of 10.0.0.0/8, as fast as
# trafgen (netsniff-ng) sends: generator and receive interrupt have core 0, the daemon has core 1 and only logs. A flood
# of its own warms it up. Before it, the floor under the same flood: BareRing, which is the daemon's packet ring with
# nothing behind it but the decoder. As root, after a build:
#     bench/flood.sh [SECONDS] [ROUNDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
source "$(dirname "${BASH_SOURCE[0]}")/syn.sh"

seconds=${1:-5}
rounds=${2:-3}
pin=(taskset -c 1)
log_bytes=0

# CPU of all threads, nanoseconds, and their context switches.
spent() {
    awk '{ sum += $1 } END { printf "%.0f ", sum }' /proc/"$1"/task/*/schedstat
    awk '/ctxt_switches/ { sum += $2 } END { print sum }' /proc/"$1"/task/*/status
}

resident_megabytes() {
    awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
}

# Arguments: name, "one" or "random", process, command that prints how many packets it has counted.
flood() {
    local packets seen cpu switches cpu_after switches_after
    seen=$($4)
    [[ ! -s $directory/history ]] || log_bytes=$(cat "$directory"/{console.log,history} | wc -c)
    packets=$(received)
    read -r cpu switches <<< "$(spent "$3")"
    syn_flood "$2" "$seconds"
    sleep 0.5
    read -r cpu_after switches_after <<< "$(spent "$3")"
    packets=$(($(received) - packets))
    seen=$(($($4) - seen))
    [[ ! -s $directory/history ]] || log_bytes=$(($(cat "$directory"/{console.log,history} | wc -c) - log_bytes))
    awk -v name="$1, $2" -v cpu=$((cpu_after - cpu)) -v packets=$packets -v seen=$seen -v log_bytes=$log_bytes \
        -v switches=$((switches_after - switches)) -v seconds="$seconds" -v memory="$(resident_megabytes "$3")" 'BEGIN {
        printf "%-17s %4.0f thousand a second, %7.3f %% counted, CPU %.3f s and log %3.0f kB per million," \
            " %5.0f switches a second, %d MB\n", name, packets / seconds / 1000, 100 * seen / packets, cpu / packets / 1000,
            log_bytes / packets * 1000, switches / seconds, memory }'
}

read_bare() {
    local process
    coproc reader { exec ip netns exec "$sensor" "${pin[@]}" java -Xmx64m -XX:+UseSerialGC \
        -cp "$checkout/bench/target/classes:$checkout/sentry-netty/target/edge-sentry.jar" \
        org.edgesentry.bench.BareRing 1000 1020 2> "$directory/reader"; }
    process=$reader_PID
    IFS= read -r -u "${reader[0]}" _ || { cat "$directory/reader" >&2; exit 1; }
    echo "the bare ring:"
    flood warm-up random "$process" decoded
    for ((round = 0; round < rounds; round++)); do
        flood "round $((round + 1))" one "$process" decoded
        flood "round $((round + 1))" random "$process" decoded
    done
    eval "exec ${reader[1]}>&-"
    wait "$process" || true
}

decoded() {
    local count
    echo >&"${reader[1]}"
    read -r -u "${reader[0]}" count
    echo "$count"
}

counted() {
    ip netns exec "$sensor" curl -s http://127.0.0.1:9465/metrics \
        | awk '/^edge_sentry_probes_total.*capture.*"probe"/ { sum += $2 } END { printf "%.0f\n", sum }'
}

# From the kernel's stamp to the verdict: sum of seconds, count, and how many took no longer than each bound.
verdict_times() {
    ip netns exec "$sensor" curl -s http://127.0.0.1:9465/metrics | sed -n 's/^edge_sentry_probe_to_verdict_seconds_//p'
}

# Argument: name. Fifty SYN, 20 ms apart: none of them is part of a flood.
lone() {
    verdict_times > "$directory/before"
    syn_packet one > "$directory/flood.cfg"
    ip netns exec "$scanner" taskset -c 0 trafgen -P 1 -o far -i "$directory/flood.cfg" -n 50 -t 20ms \
        > "$directory/trafgen" 2>&1
    sleep 0.1
    verdict_times | awk -v name="$1" '
        NR == FNR { before[$1] = $2; next }
        $1 == "sum" { sum = $2 - before[$1] }
        $1 == "count" { count = $2 - before[$1] }
        /le="/ { split($1, part, "\""); bound[++n] = part[2]; upto[n] = $2 - before[$1] }
        END {
            for (i = 1; i <= n && upto[i] < count; i++) { }
            printf "%-17s %d packets, mean %.0f us from stamp to verdict, all within %s s\n", name, count,
                1e6 * sum / count, bound[i]
        }' "$directory/before" -
}

flood_daemon() {
    sed -i 's/^BLOCK_TCP=.*/BLOCK_TCP="0"/; s/^TCP_PORTS=.*/TCP_PORTS="1000-1020"/' "$directory/portsentry.conf"
    echo 'METRICS_LISTEN="127.0.0.1:9465"' >> "$directory/portsentry.conf"
    sentry_start
    sleep 1
    echo "the daemon:"
    flood warm-up random "$daemon" counted
    for ((round = 0; round < rounds; round++)); do
        flood "round $((round + 1))" one "$daemon" counted
        flood "round $((round + 1))" random "$daemon" counted
    done
    lone "after a flood"
    sleep 3
    lone "after a rest"
    sentry_stop
    sleep 0.3
    grep "Edge Sentry stops" "$directory/console.log" || true
}

lab_open
syn_open
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"
read_bare
flood_daemon
