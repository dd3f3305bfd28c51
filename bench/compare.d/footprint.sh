# Sourced by bench/compare: time from launch to readiness, and what a detector takes while nothing happens. Ten starts,
# then a minute of idling. Ready: the line that says so; scanlogd has none, it is ready with its socket, psad with its
# pid file. Alone: bench/compare footprint

footprint() {
    local round peer rounds=10
    [[ -z $quick ]] || rounds=1
    for ((round = 1; round <= rounds; round++)); do
        for peer in "${peers[@]}"; do
            if ! peer_start "$peer" 0 "$traps"; then
                note_trial footprint "$peer" skipped "$reason"
            elif ((round < rounds)); then
                note_trial footprint "$peer" $((ready_micros / 1000))
            else
                note_trial footprint "$peer" $((ready_micros / 1000)) $(idle)
            fi
            peer_stop
        done
    done
}

# Milliseconds of CPU in a minute, resident megabytes.
idle() {
    local before settle=10 seconds=60
    [[ -z $quick ]] || { settle=$settle_seconds; seconds=1; }
    sleep "$settle"
    before=$(peer_cpu_nanos)
    sleep "$seconds"
    awk -v nanos=$(($(peer_cpu_nanos) - before)) -v seconds="$seconds" -v memory="$(peer_megabytes)" \
        'BEGIN { printf "%.1f %s\n", nanos / 1e6 * 60 / seconds, memory }'
}

footprint_table() {
    local peer median p90 least most
    header "idle" "start, ms, median" "start, range" "CPU ms in a minute" "resident MB"
    for peer in "${peers[@]}"; do
        read -r median p90 least most < <(column footprint "$peer" 2 | spread)
        row "$peer" "$median" "$least to $most" "$(column footprint "$peer" 3 | spread | cut -d' ' -f1)" \
            "$(column footprint "$peer" 4 | spread | cut -d' ' -f1)"
    done
    reasons footprint
}

footprint_plot() {
    footprint_bars footprint-start 2 "Time from launch to readiness, median" "ms"
    footprint_bars footprint-memory 4 "Resident memory while idle" "MB"
}

footprint_bars() {
    local peer
    for peer in "${peers[@]}"; do
        printf '%s\t%s\n' "$peer" "$(column footprint "$peer" "$2" | spread | cut -d' ' -f1)"
    done | bars "$1" "$3" "$4" ""
}
