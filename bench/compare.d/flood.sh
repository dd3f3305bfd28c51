# Sourced by bench/compare: a SYN flood at the traps 1000 to 1020 for five seconds, from one source and from random ones
# of 10.0.0.0/8; the detectors only log. trafgen (netsniff-ng) and the receive interrupt have core 0, the detector
# core 1. Each trial is a new process, warmed up by a flood of five seconds.
# Alone: bench/compare flood
#
# Seen: for Edge Sentry what its metrics count, for PortSentry its lines about probes, for scanlogd what its raw
# socket did not drop (/proc/net/raw); all of what the interface received. psad's lines sum up, so nobody can tell.

flooded=(sentry portsentry-stcp portsentry-atcp scanlogd psad)

flood() {
    local round peer source rounds=3
    [[ -z $quick ]] || rounds=1
    syn_open
    echo 'METRICS_LISTEN="127.0.0.1:9465"' >> "$directory/portsentry.conf"
    for ((round = 1; round <= rounds; round++)); do
        for source in one random; do
            for peer in "${flooded[@]}"; do
                pin=(taskset -c 1)
                if ! peer_start "$peer" 0 "$flood_ports"; then
                    note_trial flood "$peer" skipped "$reason"
                else
                    sleep "$settle_seconds"
                    flood_trial "$peer" "$source"
                fi
                peer_stop
                pin=()
            done
        done
    done
    sed -i '/^METRICS_LISTEN="127/d' "$directory/portsentry.conf"
    syn_close
}

# Arguments: peer, "one" or "random". Columns: sources, packets a second, share seen, CPU s and log MB a million, MB.
flood_trial() {
    local began cpu packets log seen seconds=5 micros memory
    [[ -z $quick ]] || seconds=1
    syn_flood "$2" "$seconds"
    sleep "$settle_seconds"
    packets=$(received)
    seen=$(flood_seen "$1")
    cpu=$(peer_cpu_nanos)
    log=$(peer_log_bytes "$1")
    began=${EPOCHREALTIME/./}
    syn_flood "$2" "$seconds"
    micros=$((${EPOCHREALTIME/./} - began))
    sleep "$settle_seconds"
    cpu=$(($(peer_cpu_nanos) - cpu))
    log=$(($(peer_log_bytes "$1") - log))
    packets=$(($(received) - packets))
    seen=$(($(flood_seen "$1") - seen))
    memory=$(peer_megabytes)
    if ((packets == 0)); then
        note_trial flood "$1" skipped "trafgen: $(tail -1 "$directory/trafgen")"
        return
    fi
    note_trial flood "$1" "$2" $(awk -v packets="$packets" -v micros="$micros" -v seen="$seen" -v peer="$1" -v cpu="$cpu" \
        -v log_bytes="$log" -v memory="$memory" 'BEGIN {
            million = packets / 1e6
            printf "%.0f %s %.3f %.3f %s", packets * 1e6 / micros,
                peer == "psad" ? "-" : sprintf("%.2f", 100 * seen / packets), cpu / 1e9 / million,
                log_bytes / 1e6 / million, memory }')
}

# Argument: peer. Probes so far, as far as it tells.
flood_seen() {
    case $1 in
        scanlogd) echo $(($(received) - $(raw_dropped))) ;;
        sentry)
            sensor curl -s http://127.0.0.1:9465/metrics \
                | awk '/^edge_sentry_probes_total.*"probe"/ { sum += $2 } END { printf "%.0f\n", sum }'
            ;;
        *) peer_lines "$1" ;;
    esac
}

raw_dropped() {
    sensor awk 'NR > 1 { sum += $NF } END { print sum + 0 }' /proc/net/raw
}

# Arguments: peer, sources, column: median of the rounds.
flooded_median() {
    awk -F'\t' -v peer="$1" -v source="$2" -v column="$3" '
        $1 == peer && $2 == source && $column ~ /^[0-9]/ { print $column }' \
        "$results/flood.raw" | spread | cut -d' ' -f1
}

flood_table() {
    local peer source cells i
    header "flood" "offered, thousands a second" "seen, %" "CPU s per million" "log MB per million" "resident MB after"
    for source in one random; do
        for peer in "${flooded[@]}"; do
            cells=("$(flooded_median "$peer" "$source" 3 | awk '{ printf $1 == "-" ? "-" : "%.0f", $1 / 1000 }')")
            for i in 4 5 6 7; do
                cells+=("$(flooded_median "$peer" "$source" $i)")
            done
            row "$peer, $source source$([[ $source == one ]] || echo s)" "${cells[@]}"
        done
    done
    reasons flood
}

flood_plot() {
    flood_bars flood-seen 4 "Share of a flood that is seen" "%" ""
    flood_bars flood-cpu 5 "CPU for a million packets of a flood" "seconds" ""
    flood_bars flood-log 6 "Log for a million packets of a flood" "MB" ""
}

# Arguments: picture, column, title, unit, scale.
flood_bars() {
    local peer source
    for source in one random; do
        for peer in "${flooded[@]}"; do
            printf '%s\t%s\n' "$peer, $source" "$(flooded_median "$peer" "$source" "$2")"
        done
    done | bars "$1" "$3" "$4" "$5"
}
