# Sourced by bench/compare: the detectors, each started and stopped in the sensor's namespace by its name. A peer's log
# is $room/log, its processes are in $processes. See room.sh for how the packages are kept off this machine.

peers=(sentry sentry-connect portsentry-stcp portsentry-atcp portsentry-tcp scanlogd psad)
traps=1,11,15,79,111,119,143,540,635
packages=$checkout/bench/target/peers

# Debian's packages of the peers are unpacked here; what they and we need besides is installed.
peers_fetch() {
    local package
    apt-get install -y -q --no-install-recommends nmap socat jq netsniff-ng curl python3 iptables nftables psmisc \
        gnuplot-nox net-tools libunix-syslog-perl libnet-ip-perl libdate-calc-perl libcarp-clan-perl libiptables-parse-perl \
        libiptables-chainmgr-perl libnetfilter-log1 libnetfilter-acct1 libnetfilter-conntrack3 > "$directory/apt.log" 2>&1 \
        || { tail -5 "$directory/apt.log" >&2; exit 1; }
    mkdir -p "$packages"
    for package in portsentry scanlogd psad ulogd2; do
        compgen -G "$packages/${package}_*.deb" > /dev/null && continue
        # In a directory that apt's own user may write to.
        (mkdir -m 777 -p "$directory/deb" && cd "$directory/deb" && apt-get -q download "$package" && mv ./*.deb "$packages") \
            >> "$directory/apt.log" 2>&1 || { echo "no package $package: its rows are left out" >&2; continue; }
        dpkg-deb -x "$packages/${package}"_*.deb "$packages"
    done
}

# One line: what was compared.
peers_versions() {
    local deb
    for deb in "$packages"/*.deb; do
        dpkg-deb -f "$deb" Package Version | tr '\n' ' ' | sed 's/Package: //; s/ Version: / /; s/ $/, /'
    done
    nmap --version | sed -n 's/Nmap version \([^ ]*\).*/nmap \1, /p' | tr -d '\n'
    trafgen --version | sed -n '1s/ *$//p' | tr ',' ' '
}

# Arguments: peer, 1 to block or 0 to log only, trap ports. Returns 1, with the reason in $reason, when it cannot run.
peer_start() {
    room=$directory/room-$1
    room_furnish
    reason="did not start"
    "start_${1%%-*}" "${1#*-}" "$2" "$3" || return 1
    [[ $1 == sentry* ]] || ready_micros=$((${EPOCHREALTIME/./} - $(cat "$room/launched")))
}

# This machine's /etc with the packages' on top, and empty places for the rest.
room_furnish() {
    rm -rf "$room"
    mkdir -p "$room"/{etc,dev,run,var/lib,var/log}
    cp -a /etc/. "$packages"/etc/. "$room/etc"
    cp -a /dev/{null,zero,full,random,urandom,tty} "$room/dev"
    : > "$room/log"
}

peer_stop() {
    [[ -z ${daemon:-} ]] || sentry_stop
    end_all TERM
    until_true 5 eval '[[ -z $(others) ]]' || end_all KILL
    sensor nft flush ruleset
    # PortSentry takes a port for a service's while connections of the peer before wait on it.
    sensor ss -K -H state time-wait state fin-wait-1 state fin-wait-2 state last-ack state closing > "$directory/ended" 2>&1 || true
    processes=()
}

# Processes in the sensor's namespace that are no services of ours.
others() {
    ip netns pids "$sensor" | grep -vxF "$(printf '%s\n' "${services[@]:-none}")" || true
}

end_all() {
    local pid
    for pid in $(others); do
        kill -s "$1" "$pid" 2> /dev/null || true
    done
}

sensor() { ip netns exec "$sensor" "$@"; }
scanner() { ip netns exec "$scanner" "$@"; }

start_sentry() {
    local modes=()
    [[ $1 == connect ]] && modes=(--connect)
    sed -i -e "s/^BLOCK_TCP=.*/BLOCK_TCP=\"$2\"/; s/^TCP_PORTS=.*/TCP_PORTS=\"$3\"/" \
        -e 's/^UDP_PORTS=.*/UDP_PORTS="1,7,9,69,161,162,513,635,640,641"/' "$directory/portsentry.conf"
    rm -rf "$directory"/{history,blocked,state}
    sentry_start "${modes[@]}"
    processes=("$daemon")
}

start_portsentry() {
    [[ -x $packages/usr/sbin/portsentry ]] || { reason="no package"; return 1; }
    sed -e "s/^TCP_PORTS=.*/TCP_PORTS=\"$3\"/; s/^BLOCK_TCP=.*/BLOCK_TCP=\"$2\"/" \
        -e 's|^KILL_ROUTE=.*|KILL_ROUTE="/sbin/iptables -I INPUT -s $TARGET$ -j DROP"|; /^KILL_HOSTS_DENY/d' \
        "$packages/etc/portsentry/portsentry.conf" > "$room/etc/portsentry/portsentry.conf"
    printf '127.0.0.1/32\n0.0.0.0\n' > "$room/etc/portsentry/portsentry.ignore"
    mkdir -p "$room/var/lib/portsentry"
    syslog_start
    in_room portsentry "-$1"
    in_room portsentry "-${1/tcp/udp}"
    until_true 10 eval '(($(occurrences "is now active and listening" "$room/log") == 2))' || return 1
    processes=($(pids_of portsentry))
}

start_scanlogd() {
    [[ -x $packages/usr/sbin/scanlogd ]] || { reason="no package"; return 1; }
    id scanlogd > /dev/null 2>&1 || echo "scanlogd:x:64999:64999::/:/usr/sbin/nologin" >> "$room/etc/passwd"
    mkdir -p "$room/run/scanlogd/empty"
    syslog_start
    in_room scanlogd
    until_true 10 eval '(($(sensor cat /proc/net/raw | wc -l) > 1))' || return 1
    processes=($(pids_of scanlogd))
}

# psad reads the firewall's log, here from ulogd: the kernel's own log would be the whole machine's.
start_psad() {
    [[ -x $packages/usr/sbin/psad ]] || { reason="no package"; return 1; }
    local plugins=$packages/usr/lib/x86_64-linux-gnu/ulogd plugin
    mkdir -p "$room/run/psad" "$room/var/lib/psad" "$room/var/log/psad"
    {
        echo "[global]"
        for plugin in inppkt_NFLOG filter_IFINDEX filter_IP2STR filter_PRINTPKT output_LOGEMU raw2packet_BASE; do
            echo "plugin=\"$plugins/ulogd_$plugin.so\""
        done
        echo "stack=log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,print1:PRINTPKT,emu1:LOGEMU"
        printf '[log1]\ngroup=0\n[emu1]\nfile="/var/log/messages"\nsync=1\n'
    } > "$room/etc/ulogd.conf"
    sed -e "s|\$INSTALL_ROOT/usr/sbin/|$packages/usr/sbin/|; s|\$INSTALL_ROOT/usr/bin/whois_psad|/usr/bin/whois|" \
        -e "s/^\(HOSTNAME\|CHECK_INTERVAL\|ALERTING_METHODS\|AUTO_IDS_DANGER_LEVEL\|ENABLE_AUTO_IDS\) .*/\1 @\1;/" \
        -e "s/@HOSTNAME/sensor/; s/@CHECK_INTERVAL/1/; s/@ALERTING_METHODS/noemail/; s/@AUTO_IDS_DANGER_LEVEL/1/" \
        -e "s/@ENABLE_AUTO_IDS/$([[ $2 == 1 ]] && echo Y || echo N)/" "$packages/etc/psad/psad.conf" > "$room/etc/psad/psad.conf"
    for tables in iptables ip6tables; do
        sensor $tables -A INPUT -j NFLOG --nflog-group 0
        sensor $tables -A FORWARD -j NFLOG --nflog-group 0
    done
    syslog_start
    in_room ulogd -d
    in_room psad --no-whois --no-rdns > "$room/psad.said" 2>&1 || { reason=$(tail -1 "$room/psad.said"); return 1; }
    until_true 20 eval '[[ -s $room/run/psad/psad.pid ]]' || return 1
    processes=($(pids_of psad) $(pids_of ulogd))
}

# A syslog of the peer's own. Messages have no end of line there.
syslog_start() {
    ip netns exec "$sensor" socat -b 8192 -u "UNIX-RECV:$room/dev/log,mode=666" "OPEN:$room/log,creat,append" 2> /dev/null &
    disown
    until_true 5 test -S "$room/dev/log"
}

in_room() {
    local program=$1
    shift
    sensor unshare -m "$checkout/bench/compare.d/room.sh" "$room" "${pin[@]}" "$packages/usr/sbin/$program" "$@"
}

pids_of() {
    local pid
    for pid in $(ip netns pids "$sensor"); do
        ! grep -qs "^$1" "/proc/$pid/comm" || echo "$pid"
    done
}

# Arguments: seconds, command: again and again until it succeeds.
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.005
    done
}

# Lines about scans and probes so far.
peer_lines() {
    case $1 in
        sentry*) occurrences "Scan from: .* type: \[" "$directory/console.log" ;;
        portsentry*) occurrences "attackalert: [^<]* from host" "$room/log" ;;
        scanlogd) occurrences "scanlogd: [^<]* to " "$room/log" ;;
        psad) occurrences "scan detected" "$room/log" ;;
    esac
}

occurrences() {
    { grep -aoE "$1" "$2" || true; } | wc -l
}

peer_log_bytes() {
    case $1 in
        sentry*) cat "$directory/console.log" "$directory/history" 2> /dev/null | wc -c ;;
        psad) cat "$room/log" "$room/var/log/messages" | wc -c ;;
        *) wc -c < "$room/log" ;;
    esac
}

# CPU of all threads of the peer so far, nanoseconds.
peer_cpu_nanos() {
    local pid
    for pid in "${processes[@]}"; do
        cat /proc/"$pid"/task/*/schedstat
    done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

peer_megabytes() {
    local pid
    for pid in "${processes[@]}"; do
        cat "/proc/$pid/status"
    done | awk '/^VmRSS/ { sum += $2 } END { printf "%.1f\n", sum / 1024 }'
}
