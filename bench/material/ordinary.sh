# Sourced by make.sh: one function a capture of real traffic that is no scan. Clients are in far, servers in home, unless said.

client=203.0.113.50

# innocent HOME KIND NOTE [MUST_NOT]
innocent() { truth "$1" - "$2" "${4:-*}" yes "$3"; }

visitors() { # addresses of far that clients may bind to
    local host
    for host in "$@"; do
        ip -n "$far" addr add "203.0.113.$host/32" dev lo
    done
}

benign_http_many() {
    services 80
    innocent 192.0.2.10 benign "a browser's 40 connections to port 80, six at a time"
    record http_many
}
http_many() {
    seq 40 | xargs -P 6 -I N ip netns exec "$far" curl -s http://192.0.2.10/N
}

benign_http_keepalive() {
    services 80,443
    innocent 192.0.2.10 benign "keep-alive: 30 requests on two connections, ports 80 and 443"
    record keepalive
}
keepalive() {
    far curl -s "http://192.0.2.10/[1-15]"
    far curl -s "http://192.0.2.10:443/[1-15]"
}

benign_http_outgoing() {
    far_server tcp 80,443
    innocent 192.0.2.10 benign "home fetches 60 pages from 20 outside addresses"
    record http_outgoing
}
http_outgoing() {
    local host page
    for host in {1..20}; do
        for page in 1 2 3; do
            home curl -s "http://203.0.113.$host/$page"
        done
    done
}

benign_http_outgoing_inbound_only() {
    benign_http_outgoing
    innocent 192.0.2.10 benign "home fetches 60 pages from 20 addresses; only the answers are in the file"
    retime inbound 192.0.2.0/24
}
benign_http_inbound_only() {
    services 80
    innocent 192.0.2.10 benign "40 connections of a browser to port 80; only the client's packets are in the file"
    record http_many
    retime inbound 192.0.2.0/24
}
benign_http_outbound_only() {
    services 80
    innocent 192.0.2.10 benign "40 connections of a browser to port 80; only the server's packets are in the file"
    record http_many
    retime outbound 192.0.2.0/24
}
benign_three_services_inbound_only() {
    services 25,80,443,993
    innocent 192.0.2.10 benign "one client uses four services of home; only the client's packets are in the file"
    record four_services
    retime inbound 192.0.2.0/24
}
four_services() {
    local port turn
    for turn in 1 2 3; do
        for port in 25 80 443 993; do
            far python3 "$here/clients.py" say 198.51.100.7 192.0.2.10 "$port" 1 0
        done
    done
}

benign_starts_in_the_middle() {
    services 80,443,8080
    innocent 192.0.2.10 benign "the capture begins when 12 clients already talk to home; no handshake of theirs is in it"
    record in_the_middle
    retime cut handshakes
}
in_the_middle() {
    visitors {50..61}
    local host job jobs=()
    for host in {50..61}; do
        far python3 "$here/clients.py" say "203.0.113.$host" 192.0.2.10 \
            "$((host % 3 == 0 ? 80 : host % 3 == 1 ? 443 : 8080))" 6 0.5 &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do wait "$job" || true; done
}

benign_outgoing_starts_in_the_middle() {
    far_server tcp 80,443,22,25,993,5222
    innocent 192.0.2.10 benign "home talks to six services of one server; the capture begins in the middle and holds the answers only" 203.0.113.9
    record outgoing_middle
    retime cut handshakes
    retime inbound 192.0.2.0/24
}
outgoing_middle() {
    local port job jobs=()
    for port in 80 443 22 25 993 5222; do
        home python3 "$here/clients.py" say 192.0.2.10 203.0.113.9 "$port" 6 0.5 &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do wait "$job" || true; done
}

benign_dns_client() {
    far_server resolver 0
    innocent 192.0.2.10 benign "home asks a resolver 60 questions from 60 ports" 198.51.100.7
    record questions 60 198.51.100.7
}
questions() {
    local turn
    for ((turn = 0; turn < $1; turn++)); do
        home dig +tries=1 +time=1 @"$2" "host$turn.example.net"
    done
}
benign_dns_answers_only() {
    far_server resolver 0
    innocent 192.0.2.10 benign "a resolver's answers to 60 ports; the questions are not in the file" 198.51.100.7
    record questions 60 198.51.100.7
    retime inbound 192.0.2.0/24
}
benign_dns_late_answers() {
    far_server resolver 1.5
    innocent 192.0.2.10 benign "every answer comes half a second after the client gave up: the client's refusals go out" 198.51.100.7
    record late_questions
}
late_questions() {
    seq 25 | xargs -P 8 -I N ip netns exec "$home" dig +tries=1 +time=1 @198.51.100.7 hostN.example.net
    sleep 2
}

benign_dns_server() {
    home_server resolver 0
    innocent 192.0.2.10 benign "four resolvers ask home's name server 80 questions"
    record dns_server
}
dns_server() {
    visitors 50 51 52 53
    seq 80 | xargs -P 4 -I N bash -c "ip netns exec $far dig -b 203.0.113.\$((50 + N % 4)) +tries=1 +time=1 @192.0.2.10 hostN.example.net"
}

benign_ftp_active() {
    far_server ftp
    innocent 192.0.2.10 benign "home fetches 12 files by active FTP: the server opens 12 connections from port 20 to home" 203.0.113.21
    record ftp_fetch -P -
}
benign_ftp_active_data_only() {
    far_server ftp
    innocent 192.0.2.10 benign "twelve active FTP data connections; the control connection is not in the file" 203.0.113.21
    record ftp_fetch -P -
    tcpdump -r "$out/$file" -w "$out/$file.part" "not port 21" 2> /dev/null
    mv "$out/$file.part" "$out/$file"
}
ftp_fetch() {
    visitors 21
    local turn urls=()
    for turn in {1..12}; do urls+=("ftp://203.0.113.21/file$turn"); done
    home curl -s --max-time 40 --disable-eprt "$@" "${urls[@]}"
}
benign_ftp_passive_server() {
    home_server ftp
    innocent 192.0.2.10 benign "a client lists and fetches 12 files by passive FTP: it opens 12 connections to ports of home that differ"
    record ftp_passive
}
benign_ftp_passive_inbound_only() {
    home_server ftp
    innocent 192.0.2.10 benign "the same with only the client's packets in the file: the ports of the data connections are not announced in it"
    record ftp_passive
    retime inbound 192.0.2.0/24
}
ftp_passive() {
    local turn urls=()
    for turn in {1..12}; do urls+=("ftp://192.0.2.10/file$turn"); done
    far curl -s --max-time 40 --disable-epsv "${urls[@]}"
}

benign_closed_port_retries() {
    innocent 192.0.2.10 benign "a client tries one closed port 60 times"
    record closed_retries
}
closed_retries() {
    local turn
    for turn in {1..60}; do
        far timeout 1 nc -z 192.0.2.10 5432
    done
    return 0
}
benign_silent_port_retries() {
    silent
    innocent 192.0.2.10 benign "six clients try one filtered port; their kernels repeat each SYN"
    after=8 record silent_retries
}
silent_retries() {
    visitors {50..55}
    local host
    for host in {50..55}; do
        far timeout 8 nc -z -s "203.0.113.$host" 192.0.2.10 3306 &
    done
    sleep 1
}

benign_syn_flood() {
    services 80
    innocent 192.0.2.10 syn-flood "hping3: 400 SYN to port 80 from one address"
    record timeout 5 ip netns exec "$far" hping3 -q -S -p 80 -i u3000 -c 400 192.0.2.10
}
benign_syn_flood_random() {
    services 80
    at=gate:out0
    innocent 192.0.2.10 syn-flood "hping3: 400 SYN to port 80, each from another forged address"
    record timeout 5 ip netns exec "$far" hping3 -q -S -p 80 --rand-source -i u3000 -c 400 192.0.2.10
}
benign_syn_flood_closed() {
    innocent 192.0.2.10 syn-flood "hping3: 300 SYN to one closed port from one address"
    record timeout 5 ip netns exec "$far" hping3 -q -S -p 7777 -i u3000 -c 300 192.0.2.10
}
benign_udp_flood() {
    innocent 192.0.2.10 udp-flood "hping3: 300 datagrams to one closed port from one address"
    record timeout 5 ip netns exec "$far" hping3 -q -2 -p 9999 -i u3000 -c 300 192.0.2.10
}
benign_ping_flood() {
    innocent 192.0.2.10 benign "200 echo requests to one host"
    record far ping -q -n -i 0.005 -c 200 192.0.2.10
}

benign_password_guessing() {
    services 22
    innocent 192.0.2.10 brute-force "60 connections to port 22, each with a few bytes"
    record guessing
}
guessing() {
    far bash -c "for _ in {1..60}; do python3 '$here/clients.py' say 198.51.100.7 192.0.2.10 22 3 0.01; done"
}

trace() { innocent 192.0.2.0/24 benign "$1"; at=gate:out0; record far timeout 30 "${@:2}"; }
benign_traceroute_udp() { services 80; trace "traceroute -U to a live host: UDP to ports 33434 and up" traceroute -n -w 1 -q 3 192.0.2.10; }
benign_traceroute_silent() { silent; trace "traceroute -N 16 to a host that drops everything: 90 datagrams to 90 ports, none answered by the host" traceroute -n -w 0.5 -q 3 -N 16 192.0.2.10; }
benign_traceroute_icmp() { trace "traceroute -I" traceroute -n -I -w 1 192.0.2.10; }
benign_traceroute_tcp() { services 80; trace "traceroute -T -p 80" traceroute -n -T -p 80 -w 1 192.0.2.10; }
benign_traceroute_v6() { at=gate:out0; innocent 2001:db8:a::/64 benign "traceroute6 by UDP"; record far timeout 20 traceroute -6 -n -w 1 2001:db8:a::10; }
benign_tracepath() { trace "tracepath: UDP to ports 44444 and up" tracepath -n 192.0.2.10; }
benign_mtr() { trace "mtr: 12 rounds of echo requests with rising TTL" mtr -n -r -c 12 -i 0.2 192.0.2.10; }
benign_traceroute_outgoing() {
    innocent 192.0.2.10 benign "home traces the way to five outside hosts: time exceeded and port unreachable come back"
    record trace_out
}
trace_out() {
    local host
    for host in 1 2 3 4 5; do
        home timeout 10 traceroute -n -w 1 "203.0.113.$host"
    done
}

benign_monitor() {
    services 22,80,443
    innocent 192.0.2.0/24 benign "a monitor pings ten live hosts and opens three services on each, twice"
    at=gate:out0
    record monitor
}
monitor() {
    local turn host port
    for turn in 1 2; do
        for host in {10..19}; do
            far ping -n -c 1 "192.0.2.$host"
            for port in 22 80 443; do
                far timeout 1 nc -z "192.0.2.$host" "$port"
            done
        done
    done
}
benign_monitor_one_down() {
    benign_monitor_down_rules
    innocent 192.0.2.0/24 benign "a monitor pings ten hosts and opens two services on each; one host is down, one service refuses"
    at=gate:out0
    record monitor_one_down
}
benign_monitor_down_rules() {
    services 22,80
    ip -n "$home" addr del 192.0.2.19/24 dev home0
    refuse 'ip daddr 192.0.2.18 tcp dport 80 reject with tcp reset'
}
monitor_one_down() {
    local host port
    for host in {10..19}; do
        far ping -n -c 1 -W 1 "192.0.2.$host"
        for port in 22 80; do
            far timeout 1 nc -z "192.0.2.$host" "$port"
        done
    done
    return 0
}

benign_crawler() {
    services 80
    at=gate:out0
    innocent 192.0.2.0/24 benign "a web crawler visits 13 addresses of home, three of them dead, four pages each of the others"
    record crawler
}
crawler() {
    local host
    for host in 10 11 30 12 13 14 31 15 16 17 32 18 19; do
        far curl -s --connect-timeout 2 "http://192.0.2.$host/[1-4]"
    done
    return 0
}

benign_balancer_checks() {
    services 80,8080,443
    at=gate:out0
    innocent 192.0.2.0/24 benign "a load balancer opens and resets a connection to three ports of five servers, six times; all are served"
    record balancer
}
balancer() {
    far nmap -n -Pn -sT -p 80,443,8080 --max-retries 0 192.0.2.10-14
    for _ in 1 2 3 4 5; do
        sleep 0.3
        far nmap -n -Pn -sT -p 80,443,8080 --max-retries 0 192.0.2.10-14
    done
}

benign_mail_ident() {
    far_server tcp 25
    innocent 192.0.2.10 benign "home sends mail to eight servers; each of them asks home's closed port 113"
    record mail_ident
}
mail_ident() {
    visitors {30..37}
    local host
    for host in {30..37}; do
        home python3 "$here/clients.py" say 192.0.2.10 "203.0.113.$host" 25 3 0.2 &
        sleep 0.2
        far timeout 1 nc -z -s "203.0.113.$host" 192.0.2.10 113 || true
        wait $!
    done
    return 0
}

benign_happy_eyeballs() {
    services 80
    refuse 'meta nfproto ipv6 tcp dport 80 drop'
    innocent 192.0.2.10,2001:db8:a::10 benign "a browser tries IPv6 first, gets no answer, and turns to IPv4, 15 times"
    record eyeballs
}
eyeballs() {
    for _ in {1..15}; do
        far curl -s --connect-timeout 3 --resolve web.example:80:[2001:db8:a::10],192.0.2.10 http://web.example/
    done
    return 0
}

benign_reset_connections() {
    services 80,443
    innocent 192.0.2.10 benign "30 connections that the client cuts by RST after the first answer"
    record far python3 "$here/clients.py" resets 192.0.2.10 80,443 30
}
benign_torrent() {
    services 6881
    home_server udp 6881
    at=gate:out0
    innocent 192.0.2.10 benign "60 peers reach one open TCP and UDP port; 40 more ask a port that home has left, by TCP and UDP"
    record far python3 "$here/clients.py" peers 192.0.2.10
}
benign_sip_call() {
    home_server udp 5060,16384,16385,16386,16387,16388,16389
    innocent 192.0.2.10 benign "six calls: SIP on 5060, then RTP and RTCP to ports that home chose, a hundred datagrams each"
    record far python3 "$here/clients.py" calls 192.0.2.10
}
benign_syslog_traps() {
    at=gate:out0
    innocent 192.0.2.10 benign "20 devices send syslog, SNMP traps and flow records to a collector that never answers; nothing is refused"
    silent
    record far python3 "$here/clients.py" collector 192.0.2.10
}
benign_dhcp_ping() {
    innocent 192.0.2.0/24 benign "the DHCP server of the network pings each of ten free addresses before it offers it; ARP finds nobody"
    record dhcp_ping
}
dhcp_ping() {
    local host
    for host in {40..49}; do
        gate ping -n -c 1 -W 1 "192.0.2.$host"
    done
    return 0
}
benign_path_mtu() {
    services 80
    innocent 192.0.2.10 benign "home sends large datagrams; the gateway answers that fragmentation is needed"
    ip -n "$gate" link set out0 mtu 900
    record path_mtu
}
path_mtu() {
    local host
    for host in {1..12}; do
        home ping -n -c 1 -W 0.2 -M do -s 1400 "203.0.113.$host"
    done
    return 0
}
benign_dead_servers() {
    innocent 192.0.2.10 benign "home tries 20 ports and hosts outside that refuse; the RST and port-unreachable answers come back"
    record dead_servers
}
dead_servers() {
    local port
    for port in {100..119}; do
        home timeout 1 nc -z 203.0.113.8 "$port"
        home bash -c "echo x > /dev/udp/203.0.113.8/$port"
    done
    return 0
}
benign_home_scans_out() {
    innocent 192.0.2.10 benign "home itself scans an outside host with nmap; the outside host is not a scanner" 198.51.100.7
    record home nmap -n -Pn -sS -F 198.51.100.7
}
benign_home_scans_out_inbound_only() {
    far_server tcp 21,22,25,80,110,143,443
    innocent 192.0.2.10 benign "home scans an outside host; only that host's SYN-ACK and RST answers are in the file" 198.51.100.7
    record home nmap -n -Pn -sS -F 198.51.100.7
    retime inbound 192.0.2.0/24
}
