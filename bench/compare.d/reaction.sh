# Sourced by bench/compare: time from a source's first trap probe to its first packet that is not answered, 30 trials in
# three rounds, each source a new one. Alone: bench/compare reaction

shutters=(sentry sentry-connect portsentry-stcp portsentry-atcp portsentry-tcp psad)
trap_port=111
closed_port=4001

reaction() {
    local round peer number rounds=3 trials=10
    [[ -z $quick ]] || { rounds=1; trials=1; }
    for ((round = 1; round <= rounds; round++)); do
        number=0
        for peer in "${shutters[@]}"; do
            # A block of addresses each: a warm-up takes some three hundred.
            react "$peer" "10.88.$((20 * round + 2 * number++)).1" "$trials"
        done
    done
    note_trial reaction scanlogd skipped "only logs"
}

# Arguments: peer, first source, trials. Others than a JVM need little warming up.
react() {
    local warm_ups=3 trials=$3 micros answered
    [[ $1 == sentry* ]] && warm_ups=${quick:+20}
    # It takes seconds.
    [[ $1 != psad ]] || { trials=$((trials > 3 ? 3 : 1)); warm_ups=0; }
    if ! peer_start "$1" 1 "$traps"; then
        note_trial reaction "$1" skipped "$reason"
    else
        sleep "$settle_seconds"
        scanner timeout 300 java -cp "$checkout/bench/target/benchmarks.jar" org.edgesentry.bench.ReactionTime 10.77.0.2 \
            "$trap_port" "$closed_port" "$2" "${warm_ups:-300}" "$trials" \
            > "$directory/reaction" 2> "$directory/reaction.errors" || true
        while read -r micros answered; do
            [[ $micros == never ]] || micros=$(awk -v micros="$micros" 'BEGIN { print micros / 1000 }')
            note_trial reaction "$1" "$micros" "$answered"
        done < "$directory/reaction"
        [[ -s $directory/reaction ]] \
            || note_trial reaction "$1" skipped "$(sed -n '1s/.*Exception: //p' "$directory/reaction.errors")"
    fi
    peer_stop
}

reaction_table() {
    local peer median p90 least most trials
    header "shut out after, ms" median "9 of 10 within" least most trials "not in 100,000 knocks" \
        "answers learned meanwhile, median"
    for peer in "${shutters[@]}"; do
        trials=$(column reaction "$peer" 2 | wc -l)
        read -r median p90 least most < <(shut_out "$peer")
        row "$peer" "$median" "$p90" "$least" "$most" "$trials" \
            "$((trials - $(shut_out_times "$peer" | wc -l)))" "$(column reaction "$peer" 3 | spread | cut -d' ' -f1)"
    done
    reasons reaction
}

# Argument: peer. Times of the trials that ended with a block.
shut_out_times() {
    column reaction "$1" 2 | grep -v never || true
}

shut_out() {
    shut_out_times "$1" | spread
}

reaction_plot() {
    local peer
    for peer in "${shutters[@]}"; do
        printf '%s\t%s\n' "$peer" "$(shut_out "$peer" | cut -d' ' -f1)"
    done | bars reaction "Time until a scanner is shut out, median" "ms (logarithmic)" log
}
