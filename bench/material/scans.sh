# Sourced by make.sh: one function a capture of a real scan. The scanner is 198.51.100.7 unless the truth line says otherwise.

scanner=198.51.100.7
scanner6=2001:db8:f::7
hosts=$(printf '192.0.2.1%s,' {0..9})
hosts=${hosts%,}

scan() { far nmap -n -Pn --host-timeout 60s "$@"; }

# probes FILTERED|PORTS NOTE ARGUMENTS...: a plain vertical scan of home's first address.
vertical() {
    local open=$1 note=$2
    shift 2
    if [[ $open == silent ]]; then
        silent
    else
        services "$open"
    fi
    truth 192.0.2.10 "$scanner" vertical '*' yes "$note"
    record scan "$@" 192.0.2.10
}

scan_nmap_syn() { vertical 22,25,80 "nmap -sS -F: 100 ports, three are open, the others refuse" -sS -F; }
scan_nmap_syn_silent() { vertical silent "nmap -sS of 40 ports of a host that drops everything; each port is tried twice" -sS --top-ports 40 --max-retries 1; }
scan_nmap_connect() { vertical 22,25,80 "nmap -sT -F: 100 ports, three are open" -sT -F; }
scan_nmap_fin() { vertical 22,80 "nmap -sF of 40 ports" -sF --top-ports 40 --max-retries 1; }
scan_nmap_null() { vertical 22,80 "nmap -sN of 40 ports" -sN --top-ports 40 --max-retries 1; }
scan_nmap_xmas() { vertical 22,80 "nmap -sX of 40 ports" -sX --top-ports 40 --max-retries 1; }
scan_nmap_maimon() { vertical 22,80 "nmap -sM (FIN and ACK) of 40 ports" -sM --top-ports 40 --max-retries 1; }
scan_nmap_ack() { vertical 22,80 "nmap -sA of 40 ports; every one answers RST" -sA --top-ports 40; }
scan_nmap_window() { vertical 22,80 "nmap -sW of 40 ports; every one answers RST" -sW --top-ports 40; }
scan_nmap_xmas_silent() { vertical silent "nmap -sX of 25 ports of a host that drops everything" -sX --top-ports 25 --max-retries 0; }
scan_nmap_udp() { vertical 22 "nmap -sU of 20 ports; the host's port-unreachable answers are limited to one a second" -sU --top-ports 20 --max-retries 2; }
scan_nmap_udp_silent() { vertical silent "nmap -sU of 25 ports of a host that drops everything" -sU --top-ports 25 --max-retries 1; }
scan_nmap_sctp_init() { vertical 22 "nmap -sY of 25 ports; the host has no SCTP and answers protocol unreachable" -sY -p 1-10,80,443,2905,3868,36412,1167,2427,2944,2945,3863-3865,4739,5060,5061 --max-retries 1; }
scan_nmap_sctp_cookie() { vertical silent "nmap -sZ (COOKIE-ECHO) of 20 ports of a silent host" -sZ -p 1-10,80,443,2905,3868,36412,2427,2944,2945,5060,5061 --max-retries 0; }
scan_nmap_top10_open() { vertical 21,22,23,25,80,110,139,443,445,3389 "nmap -sS --top-ports 20, and ten of the ports are open" -sS --top-ports 20; }
scan_nmap_top10() { vertical 80 "nmap -sS --top-ports 10, -T3, one is open" -sS --top-ports 10 -T3; }
scan_nmap_polite() { vertical 22,80 "nmap -sS -T2 (one probe in 0.4 s) of 25 ports" -sS -T2 --top-ports 25; }
scan_nmap_insane() { vertical 22,80 "nmap -sS -T5 of 300 ports" -sS -T5 --top-ports 300; }
scan_nmap_version() { vertical 21,22,25,80 "nmap -sV of 30 ports, four are open and are talked to" -sS -sV --version-intensity 3 --top-ports 30; }
scan_nmap_fragments() { vertical 22,80 "nmap -f -sS of 30 ports: TCP headers cut into 8-byte fragments" -f -sS --top-ports 30 --max-retries 1; }
scan_nmap_fragments_16() { vertical silent "nmap --mtu 16 -sS of 30 ports of a silent host" --mtu 16 -sS --top-ports 30 --max-retries 0; }
scan_nmap_source_53() { vertical 22,80 "nmap -sS -g 53 of 40 ports: every probe comes from port 53" -sS -g 53 --top-ports 40; }
scan_nmap_source_80() { vertical silent "nmap -sS -g 80 of 40 ports of a silent host" -sS -g 80 --top-ports 40 --max-retries 0; }
scan_nmap_udp_source_53() { vertical silent "nmap -sU -g 53 of 25 ports of a silent host: looks like resolver answers, but nobody asked" -sU -g 53 --top-ports 25 --max-retries 0; }
scan_nmap_ttl() { vertical 22,80 "nmap -sS --ttl 3 --data-length 24 of 40 ports" -sS --ttl 3 --data-length 24 --top-ports 40; }
scan_nmap_badsum() { vertical 22,80 "nmap -sS --badsum of 30 ports: wrong TCP checksums, so the host never answers" -sS --badsum --top-ports 30 --max-retries 0; }
scan_nmap_aggressive() { vertical 22,25,80 "nmap -A of 30 ports: SYN scan, OS probes, versions, scripts" -A --top-ports 30 --script-timeout 5s; }

scan_nmap_os() {
    services 22,80
    truth 192.0.2.10 "$scanner" vertical '*' yes "nmap -O with one open and one closed port: the 16 probes of the OS set"
    record scan -O --osscan-limit --max-os-tries 1 -p 22,23,80 192.0.2.10
}

scan_nmap_protocols() {
    services 22
    truth 192.0.2.10 "$scanner" vertical '*' yes "nmap -sO of 40 IP protocols"
    record scan -sO -p 0-5,8,9,12,17,27,41,43-47,50,51,58,88,89,94,97,103,108,112,115,124,132,136,137,200-206,253,254,255 --max-retries 0 192.0.2.10
}

scan_nmap_odd_flags() {
    services 22,80
    truth 192.0.2.10 "$scanner" vertical '*' yes "nmap --scanflags, four odd sets (SYN+FIN, URG, PSH+URG, all) on 8 ports each"
    record odd_flags
}
odd_flags() {
    local flags first=20
    for flags in SYNFIN URG PSHURG URGACKPSHRSTSYNFIN; do
        scan --scanflags "$flags" -sS -p "$first-$((first + 7))" --max-retries 0 192.0.2.10 || true
        first=$((first + 10))
    done
}

scan_nmap_decoys() {
    services 22,80
    truth 192.0.2.10 "$scanner" vertical "*,!203.0.113.4,!203.0.113.5,!203.0.113.6" yes \
        "nmap -D with three decoys, 30 ports; nothing in the packets tells which of the four is real, so the decoys are neutral"
    record scan -sS --top-ports 30 -D 203.0.113.4,203.0.113.5,ME,203.0.113.6 192.0.2.10
}

scan_ftp_bounce() {
    far_server ftp any
    services 22,80
    truth 192.0.2.10 203.0.113.21 vertical '*' yes "nmap -b: the FTP server 203.0.113.21 is told to open data connections from its port 20 to 20 ports of home"
    record ftp_bounce
}
ftp_bounce() {
    ip -n "$far" addr add 203.0.113.21/32 dev lo
    scan -b anonymous:x@203.0.113.21 -p 15-35 -v 192.0.2.10
}

scan_hping_source_20() {
    silent
    truth 192.0.2.10 "$scanner" vertical '*' yes "hping3 SYN from port 20 to ports 1024 to 1063, as an active FTP server would"
    record timeout 20 ip netns exec "$far" hping3 -S -k -s 20 -p ++1024 -i u50000 -c 40 192.0.2.10
}

scan_hping_fin_slowly() {
    services 22
    truth 192.0.2.10 "$scanner" vertical '*' yes "hping3 FIN to 15 ports, one a second"
    record timeout 30 ip netns exec "$far" hping3 -F -p ++79 -i 1 -c 15 192.0.2.10
}

scan_xprobe() {
    services 80
    truth 192.0.2.10 "$scanner" vertical '*' yes "the probes of an xprobe2 run by hping3: echo with code 123, timestamp, mask, information, UDP to a closed port, SYN to an open one, to a closed one"
    record xprobe
}
xprobe() {
    far hping3 -c 1 --force-icmp -1 -C 8 -K 123 192.0.2.10
    far hping3 -c 1 -1 -C 13 192.0.2.10
    far hping3 -c 1 -1 -C 17 192.0.2.10
    far hping3 -c 1 --force-icmp -1 -C 15 192.0.2.10
    far hping3 -c 1 -2 -s 53 -p 65534 -d 40 192.0.2.10
    far hping3 -c 1 -S -p 80 192.0.2.10
    far hping3 -c 1 -S -p 65535 192.0.2.10
    far hping3 -c 1 -A -p 65535 192.0.2.10
    return 0
}

# sweep NOTE ARGUMENTS...: nmap -sn of a /27 of which ten hosts live, seen at the gateway.
sweep() {
    local note=$1
    shift
    at=gate:out0
    services 22,80
    truth 192.0.2.0/24 "$scanner" horizontal '*' yes "$note"
    record far nmap -n -sn --max-retries 1 "$@" 192.0.2.8/29 192.0.2.16/28
}
scan_sweep_echo() { sweep "nmap -sn -PE of 24 addresses, ten hosts live" -PE; }
scan_sweep_timestamp() { sweep "nmap -sn -PP (ICMP timestamp) of 24 addresses" -PP; }
scan_sweep_mask() { sweep "nmap -sn -PM (ICMP address mask) of 24 addresses; nobody answers" -PM; }
scan_sweep_default() { sweep "nmap -sn with its default probes (echo, SYN 443, ACK 80, timestamp) of 24 addresses" -PE -PS443 -PA80 -PP; }
scan_sweep_udp() { sweep "nmap -sn -PU40125 of 24 addresses" -PU40125; }
scan_sweep_ack() { sweep "nmap -sn -PA80,443 of 24 addresses" -PA80,443; }
scan_sweep_protocol() { sweep "nmap -sn -PO (IP protocols 1, 2, 4) of 24 addresses" -PO1,2,4; }
scan_sweep_syn() { sweep "nmap -sn -PS22 of 24 addresses: ten hosts live and have the port open" -PS22; }

scan_sweep_information() {
    at=gate:out0
    truth 192.0.2.0/24 "$scanner" horizontal '*' yes "hping3: ICMP information request to 14 addresses, two lost in ten seconds"
    record information
}
information() {
    local host
    for host in {10..23}; do
        timeout 1 ip netns exec "$far" hping3 -q -c 1 -i u100000 --force-icmp -1 -C 15 "192.0.2.$host"
    done
    return 0
}

# across PORTS OPEN NOTE ARGUMENTS...: one or a few ports of many hosts, seen at the gateway.
across() {
    local ports=$1 open=$2 note=$3
    shift 3
    at=gate:out0
    [[ -z $open ]] || services "$open"
    truth 192.0.2.0/24 "$scanner" horizontal '*' yes "$note"
    record far nmap -n -Pn -sS -p "$ports" --max-retries 0 --host-timeout 30s "$@"
}
scan_horizontal_445() { across 445 "" "nmap of port 445 on 48 addresses: ten refuse, the others do not exist" --randomize-hosts 192.0.2.0-47; }
scan_horizontal_22_open() { across 22 22 "nmap of port 22 on 20 addresses: ten have it open, ten do not exist" 192.0.2.10-29; }
scan_horizontal_refused() { across 3389 22 "nmap of port 3389 on ten live hosts, all refuse" 192.0.2.10-19; }
scan_horizontal_dark() { across 23 "" "nmap of port 23 on 30 addresses without a host" 192.0.2.100-129; }
scan_block() { across 21,22,23,80,443 80 "nmap of five ports on 16 addresses" 192.0.2.10-25; }
scan_horizontal_udp_161() {
    at=gate:out0
    truth 192.0.2.0/24 "$scanner" horizontal '*' yes "nmap -sU of port 161 on 30 addresses, ten live and refuse"
    record far nmap -n -Pn -sU -p 161 --max-retries 0 --host-timeout 20s 192.0.2.10-39
}

scan_v6_syn() {
    services 22,80
    truth 2001:db8:a::10 "$scanner6" vertical '*' yes "nmap -6 -sS of 40 ports"
    record scan -6 -sS --top-ports 40 2001:db8:a::10
}
scan_v6_udp_silent() {
    silent
    truth 2001:db8:a::10 "$scanner6" vertical '*' yes "nmap -6 -sU of 20 ports of a silent host"
    record scan -6 -sU --top-ports 20 --max-retries 0 2001:db8:a::10
}
scan_v6_connect() {
    services 22,80
    truth 2001:db8:a::10 "$scanner6" vertical '*' yes "nmap -6 -sT of 30 ports"
    record scan -6 -sT --top-ports 30 2001:db8:a::10
}
scan_v6_sweep() {
    at=gate:out0
    truth 2001:db8:a::/64 "$scanner6" horizontal '*' yes "echo to 16 IPv6 addresses, ten live"
    record v6_sweep
}
v6_sweep() {
    local host
    for host in {10..19} a b c d e f; do
        far ping -6 -n -c 1 -W 0.3 "2001:db8:a::$host"
    done
    return 0
}

# lingering SECONDS JITTER NOTE ARGUMENTS...: a real serial scan whose probes are then spread in time.
lingering() {
    local seconds=$1 jitter=$2 note=$3
    shift 3
    at=gate:out0
    truth 192.0.2.0/24 "$scanner" "$slow_kind" '*' yes "$note"
    record far nmap -n -Pn --max-parallelism 1 --min-hostgroup 1 --max-hostgroup 1 --max-retries 0 --initial-rtt-timeout 100ms --max-rtt-timeout 100ms "$@"
    retime gap "$scanner" "$seconds" "$jitter"
}
scan_slow_sneaky() { services 22,80; slow_kind=slow+vertical lingering 15 0 "nmap -T1's rate, one probe in 15 s, on 30 ports, two open" -sS --top-ports 30 192.0.2.10; }
scan_slow_paranoid() { services 22,80; slow_kind=slow+vertical lingering 300 0.02 "nmap -T0's rate, one probe in 5 min, on 40 ports, two open" -sS --top-ports 40 192.0.2.10; }
scan_slow_silent() { silent; slow_kind=slow+vertical lingering 30 0.5 "one SYN in 30 s to 60 ports of a silent host" -sS --top-ports 60 192.0.2.10; }
scan_slow_days() { services 80; slow_kind=slow+horizontal lingering 1800 0.5 "port 22 of 60 addresses, one each half an hour, over 30 h" -sS -p 22 192.0.2.5-64; }
scan_slow_udp() { silent; slow_kind=slow+vertical lingering 60 0.3 "one UDP probe a minute to 30 ports of a silent host" -sU --top-ports 30 192.0.2.10; }
scan_slow_fin() { services 22; slow_kind=slow+vertical lingering 45 0.3 "one FIN in 45 s to 30 ports" -sF --top-ports 30 192.0.2.10; }
scan_slow_echo() {
    at=gate:out0
    truth 192.0.2.0/24 "$scanner" slow+horizontal '*' yes "echo request to 40 addresses, one in two minutes, ten live"
    record slow_echo
    retime gap "$scanner" 120 0.4
}
slow_echo() {
    local host
    for host in {5..44}; do
        far ping -n -c 1 -W 0.1 "192.0.2.$host"
    done
    return 0
}

scan_inbound_syn() { vertical 22,80 "nmap -sS of 40 ports; only the packets to home are kept" -sS --top-ports 40; retime inbound 192.0.2.0/24; }
scan_inbound_connect() { vertical 22,80,443,25 "nmap -sT of 40 ports, four open; only the packets to home are kept" -sT --top-ports 40; retime inbound 192.0.2.0/24; }
scan_inbound_udp() { vertical 22 "nmap -sU of 15 ports; only the packets to home are kept" -sU --top-ports 15 --max-retries 0; retime inbound 192.0.2.0/24; }
scan_inbound_sweep() { sweep "nmap -sn -PE of 24 addresses; only the packets to home are kept" -PE; retime inbound 192.0.2.0/24; }

scan_amid_traffic() {
    at=gate:out0
    services 22,25,80,443
    truth 192.0.2.0/24 "$scanner" vertical "203.0.113.50,203.0.113.51,*" yes "nmap -sS of 40 ports while two web clients fetch 30 pages each"
    record amid_traffic
}
amid_traffic() {
    local turn pages
    for client in 50 51; do
        ip -n "$far" addr add "203.0.113.$client/32" dev lo
        (for turn in {1..30}; do far curl -s --interface "203.0.113.$client" http://192.0.2.10/; sleep 0.05; done) &
    done
    sleep 0.5
    scan -sS --top-ports 40 192.0.2.10
    wait -n; wait -n
    return 0
}

scan_any_interface() {
    at=home:any
    services 22,80
    truth 192.0.2.10 "$scanner" vertical '*' yes "nmap -sS of 30 ports, captured on the pseudo-interface any (Linux cooked v2)"
    record scan -sS --top-ports 30 192.0.2.10
}

scan_lan_neighbour() {
    services 22,80
    truth 192.0.2.10 192.0.2.1 vertical '*' yes "nmap -sS of 40 ports from a neighbour in the same network (the gateway)"
    record gate nmap -n -Pn -sS --top-ports 40 192.0.2.10
}
