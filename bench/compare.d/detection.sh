# Sourced by bench/compare: which scans each detector sees, in lines about them. Every scan has a source of its own.
# Alone: bench/compare detection

# Name, what nmap is told; @ stands for the source.
scans=(
    "-sT connect|-sT"
    "-sS SYN|-sS"
    "-sF FIN|-sF"
    "-sX Xmas|-sX"
    "-sN NULL|-sN"
    "SYN+FIN|-sS --scanflags SYNFIN"
    "URG+PSH|-sS --scanflags URGPSH"
    "-sM Maimon|-sM"
    "-sA ACK|-sA"
    "-sW Window|-sW"
    "-sU UDP|-sU -p 1,7,9,69,161,162,513,635,640,641"
    "-sY SCTP|-sY"
    "-f -sS fragments|-f -sS"
    "decoys|-sS -D 10.88.200.1,10.88.200.2,ME"
    "10 ports, one each 4 s|slow"
    "IPv6 -sS|v6"
    "20 GETs to the real web server|gets"
)
quick_scans='connect|SYN$|NULL|IPv6|GETs'

detection() {
    local peer i name how before
    for peer in "${peers[@]}"; do
        if ! peer_start "$peer" 0 "$traps"; then
            note_trial detection "$peer" skipped "$reason"
            peer_stop
            continue
        fi
        sleep "$settle_seconds"
        for i in "${!scans[@]}"; do
            IFS='|' read -r name how <<< "${scans[i]}"
            [[ -z $quick || $name =~ $quick_scans ]] || continue
            before=$(peer_lines "$peer")
            scan "$i" "$how"
            settle "$peer"
            note_trial detection "$peer" "$name" $(($(peer_lines "$peer") - before))
        done
        peer_stop
    done
}

# Arguments: number, what to do.
scan() {
    local to=10.77.0.2 from=10.88.100.$(($1 + 1)) limit=(--host-timeout 60s)
    local nmap=(scanner nmap -n -Pn -e far "${limit[@]}" -S "$from")
    case $2 in
        slow) "${nmap[@]}" -sS --max-retries 0 --scan-delay 4s -p "$traps,1080" "$to" ;;
        v6) scanner nmap -6 -n -Pn -sS -p "$traps" "${limit[@]}" fd77::2 ;;
        gets) for ((get = 0; get < 20; get++)); do scanner curl -s -o "$directory/page" "http://$to/"; done ;;
        *) "${nmap[@]}" $2 $([[ $2 == *-p* ]] || echo "-p $traps") "$to" ;;
    esac > "$directory/nmap" 2>&1 || true
}

# psad looks once a second and sums up.
settle() {
    [[ $1 == psad ]] && sleep $((quick ? 2 : 4)) || sleep 0.5
}

detection_table() {
    local name peer cells
    header "lines about a scan" "${peers[@]}"
    for name in "${scans[@]%%|*}"; do
        cells=()
        for peer in "${peers[@]}"; do
            cells+=("$(awk -F'\t' -v peer="$peer" -v name="$name" '
                $1 == peer && $2 == "skipped" { print "cannot run"; exit }
                $1 == peer && $2 == name { print $3; found = 1; exit }
                END { if (!found) print "" }' "$results/detection.raw" | head -1)")
        done
        row "$name" "${cells[@]}"
    done
    reasons detection
}

reasons() {
    awk -F'\t' '$2 == "skipped" && !said[$1]++ { print "\n" $1 ": " $3 "." }' "$results/$1.raw"
}

detection_plot() {
    local peer
    for peer in "${peers[@]}"; do
        printf '%s\t%d\n' "$peer" "$(awk -F'\t' -v peer="$peer" '
            $1 == peer && $3 > 0 && $2 != "20 GETs to the real web server" { seen++ } END { print seen + 0 }' \
            "$results/detection.raw")"
    done | bars detection "Kinds of scans that are seen, of $((${#scans[@]} - 1))" "kinds" ""
}
