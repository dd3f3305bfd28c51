# Sourced by bench/compare: of 1,025 ports that nmap asks in a hurry, how many it gets a definite answer for, and how
# many of the four real services it finds; 10 trials, each with a new source. Alone: bench/compare learned

learners=(none sentry sentry-connect portsentry-stcp portsentry-atcp portsentry-tcp scanlogd psad)

learned() {
    local round peer number=0 rounds=10
    [[ -z $quick ]] || rounds=1
    for ((round = 1; round <= rounds; round++)); do
        for peer in "${learners[@]}"; do
            if [[ $peer != none ]] && ! peer_start "$peer" 1 "$traps"; then
                note_trial learned "$peer" skipped "$reason"
            else
                sleep "$settle_seconds"
                learn "$peer" "10.88.$((150 + round)).$((++number))"
            fi
            peer_stop
        done
    done
}

# Arguments: peer, source.
learn() {
    scanner timeout 60 nmap -n -Pn -e far -S "$2" -sS -T5 --min-rate 5000 -p 1-1024,8080 -oX "$directory/nmap.xml" \
        10.77.0.2 > "$directory/nmap" 2>&1 || true
    note_trial learned "$1" $(python3 - "$directory/nmap.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
ports = tree.parse(sys.argv[1]).getroot().find("host/ports")
states = [port.find("state").get("state") for port in ports.findall("port")]
services = [port for port in ports.findall("port") if port.get("portid") in ("22", "80", "443", "8080")]
folded = sum(int(rest.get("count")) for rest in ports.findall("extraports") if rest.get("state") == "closed")
print(states.count("open") + states.count("closed") + folded, sum(port.find("state").get("state") == "open" for port in services))
PYTHON
    )
}

learned_table() {
    local peer median p90 least most
    header "ports learned of 1,025" median least most "of 4 services found, median"
    for peer in "${learners[@]}"; do
        read -r median p90 least most < <(column learned "$peer" 2 | spread)
        row "$peer" "$median" "$least" "$most" "$(column learned "$peer" 3 | spread | cut -d' ' -f1)"
    done
    reasons learned
}

learned_plot() {
    local peer
    for peer in "${learners[@]}"; do
        printf '%s\t%s\n' "$peer" "$(column learned "$peer" 2 | spread | cut -d' ' -f1)"
    done | bars learned "Ports that nmap -sS -T5 --min-rate 5000 learns, median" "of 1,025" ""
}
