"""Crafted scans. Home answers as a Linux host does, where it answers."""

import random
import struct

import packets
from packets import ACK, FIN, HOUR, MINUTE, PSH, RST, SECOND, SYN, URG
from wire import RTT, capture

SCANNER = "198.51.100.7"
NET = "192.0.2.0/24"
WELL_KNOWN = [21, 22, 23, 25, 53, 80, 81, 88, 110, 111, 113, 135, 139, 143, 179, 199, 389, 443, 445, 465, 514, 515, 548,
              554, 587, 631, 646, 873, 990, 993, 995, 1025, 1433, 1720, 1723, 2000, 2049, 3128, 3306, 3389, 5060, 5432,
              5900, 6001, 8000, 8008, 8080, 8443, 8888, 9100, 9999, 10000, 32768, 49152]


def host(number):
    return f"192.0.2.{number}"


def many_sources(count):
    return random.sample([f"{first}.{random.randint(1, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}"
                          for first in range(11, 120)], count)


@capture("scan", NET, "vertical+horizontal", SCANNER)
def masscan(wire):
    """A stateless scanner in masscan's manner: 220 SYN to random pairs of address and port in 40 s, without options,
    window 1024; live hosts refuse or are open, and the scanner resets what opens."""
    for probe in range(220):
        at, target, port = probe * 180_000, host(random.randint(1, 254)), random.choice(WELL_KNOWN)
        source_port, seq = random.randint(40000, 60000), random.getrandbits(32)
        wire.add(at, packets.tcp(SCANNER, target, source_port, port, SYN, seq, window=1024, ttl=242))
        last = int(target.rsplit(".", 1)[1])
        if 10 <= last < 40:
            if port in (22, 80, 443):
                wire.add(at + RTT, packets.tcp(target, SCANNER, port, source_port, SYN | ACK, 9, seq + 1, options=packets.MSS))
                wire.add(at + RTT + 90, packets.tcp(SCANNER, target, source_port, port, RST, seq + 1, window=0))
            else:
                wire.add(at + RTT, packets.tcp(target, SCANNER, port, source_port, RST | ACK, 0, seq + 1, window=0))


@capture("scan", NET, "horizontal", SCANNER)
def zmap(wire):
    """One SYN to port 443 of 200 addresses in random order, IP ident 54321; 12 are open, 10 refuse, the rest is dark."""
    for turn, last in enumerate(random.sample(range(1, 255), 200)):
        at, source_port, seq = turn * 20_000, random.randint(32768, 61000), random.getrandbits(32)
        wire.add(at, packets.tcp(SCANNER, host(last), source_port, 443, SYN, seq, window=65535, ident=54321, ttl=250))
        if last < 16:
            wire.add(at + RTT, packets.tcp(host(last), SCANNER, 443, source_port, SYN | ACK, 5, seq + 1, options=packets.MSS))
            wire.add(at + RTT + 40, packets.tcp(SCANNER, host(last), source_port, 443, RST, seq + 1, window=0))
        elif last < 28:
            wire.add(at + RTT, packets.tcp(host(last), SCANNER, 443, source_port, RST | ACK, 0, seq + 1, window=0))


@capture("scan", NET, "distributed+horizontal", "many")
def distributed_one_port(wire):
    """60 sources, each one or two SYN to port 2323 of dark addresses, in ten minutes."""
    sources = many_sources(60)
    for source in sources:
        for _ in range(random.randint(1, 2)):
            wire.lost(random.randint(0, 10 * MINUTE), source, host(random.randint(50, 250)), 2323, ())
    return sources


@capture("scan", "192.0.2.10", "distributed+vertical", "many")
def distributed_one_target(wire):
    """60 sources share 180 ports of one host, three each, all refused, in four minutes."""
    sources = many_sources(60)
    for turn, port in enumerate(random.sample(range(1, 1024), 180)):
        wire.refused(turn * 1_300_000, sources[turn % 60], host(10), port)
    return sources


@capture("scan", "192.0.2.10", "distributed+vertical", "many")
def distributed_neighbours(wire):
    """48 addresses of one /24 try one port each of a silent host, a port every five seconds."""
    sources = [f"203.0.113.{last}" for last in random.sample(range(1, 255), 48)]
    for turn, source in enumerate(sources):
        wire.lost(turn * 5 * SECOND, source, host(10), WELL_KNOWN[turn], ())
    return sources


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def after_long_silence(wire):
    """A client fetches three pages, is silent for 40 h, and then tries 18 ports within ten seconds; all refuse."""
    for turn in range(3):
        wire.talk(turn * SECOND, SCANNER, host(10), 80)
    for turn, port in enumerate(random.sample([port for port in WELL_KNOWN if port != 80], 18)):
        wire.refused(40 * HOUR + turn * SECOND // 2, SCANNER, host(10), port)


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def two_visits(wire):
    """Three probes on the first day, 26 h of silence, twelve more on the second day; all refused."""
    ports = random.sample(WELL_KNOWN, 15)
    for turn, port in enumerate(ports):
        wire.refused((26 * HOUR if turn >= 3 else 0) + turn * SECOND, SCANNER, host(10), port)


@capture("scan", "192.0.2.10", "slow+vertical", SCANNER)
def slow_hourly(wire):
    """One SYN an hour for three days, each to another port of a silent host."""
    for turn, port in enumerate(range(5900, 5972)):
        wire.lost(turn * HOUR + random.randint(0, 10 * MINUTE), SCANNER, host(10), port, ())


@capture("scan", "192.0.2.10", "slow+vertical", SCANNER, "203.0.113.50,*")
def slow_amid_clients(wire):
    """One port in 30 s for an hour, half of them refused, half silent, while a client fetches a page every other minute."""
    for turn in range(120):
        outcome = wire.refused if turn % 2 else wire.lost
        outcome(turn * 30 * SECOND + random.randint(0, 5 * SECOND), SCANNER, host(10), 7000 + 13 * turn)
    for minute in range(0, 60, 2):
        wire.talk(minute * MINUTE, "203.0.113.50", host(10), 443)


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def everything_open(wire):
    """nmap -sS of 60 ports of a host whose SYN proxy answers on every port; the scanner resets each of them."""
    for turn, port in enumerate(random.sample(range(1, 10000), 60)):
        wire.half_open(turn * 40_000, SCANNER, host(10), port, source_port=45678)


@capture("scan", "192.0.2.10", "connect+vertical", SCANNER)
def everything_open_connect(wire):
    """A connect scan of 50 ports of a host that accepts on every port; no data, closed at once by RST."""
    for turn, port in enumerate(random.sample(range(1, 10000), 50)):
        wire.talk(turn * 60_000, SCANNER, host(10), port, exchanges=0, end="rst")


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def half_the_ports_open(wire):
    """SYN scan of 40 ports, 20 of them open, in turn."""
    for turn, port in enumerate(WELL_KNOWN[:40]):
        (wire.half_open if turn % 2 else wire.refused)(turn * 50_000, SCANNER, host(10), port, source_port=51000)


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def customer_turns(wire):
    """A client uses web and mail 20 times, then tries 15 closed ports, and goes on using the web in between."""
    for turn in range(20):
        wire.talk(turn * 10 * SECOND, SCANNER, host(10), (80, 443, 993, 25)[turn % 4])
    for turn, port in enumerate(range(8000, 8015)):
        wire.refused(300 * SECOND + turn * 4 * SECOND, SCANNER, host(10), port)
        wire.talk(301 * SECOND + turn * 4 * SECOND, SCANNER, host(10), 443)


@capture("scan", NET, "horizontal", SCANNER)
def worm_445(wire):
    """A worm: connect calls to port 445 of 25 dark addresses, each repeated by its kernel after 3 and 9 s."""
    for turn, last in enumerate(random.sample(range(50, 250), 25)):
        wire.lost(turn * 700_000, SCANNER, host(last), 445, (3, 9))


@capture("scan", NET, "horizontal", SCANNER)
def sip_sweep(wire):
    """SIP OPTIONS from port 5060 to port 5060 of 60 addresses; two answer, eight are refused, the rest is dark."""
    data = b"OPTIONS sip:100@192.0.2.1 SIP/2.0\r\nUser-Agent: friendly-scanner\r\n\r\n"
    for turn, last in enumerate(range(5, 65)):
        at = turn * 90_000
        wire.ask(at, SCANNER, 5060, host(last), 5060, data, b"SIP/2.0 200 OK\r\n\r\n" if last in (20, 21) else None)
        if 30 <= last < 38:
            about = packets.udp(SCANNER, host(last), 5060, 5060, data)
            wire.add(at + RTT, packets.unreachable(host(last), about))


@capture("scan", NET, "horizontal", SCANNER)
def open_resolver_sweep(wire):
    """The same DNS question to 50 addresses of home; one answers."""
    data = bytes.fromhex("1337010000010000000000000669736f6f7267" "0000ff0001")
    for turn, last in enumerate(random.sample(range(1, 255), 50)):
        wire.ask(turn * 150_000, SCANNER, 53413, host(last), 53, data, bytes(200) if turn == 17 else None)


@capture("scan", NET, "horizontal", SCANNER)
def netbios_sweep(wire):
    """NetBIOS node status from port 137 to port 137 of 40 addresses; six answer, the rest is silent."""
    for turn, last in enumerate(range(10, 50)):
        wire.ask(turn * 30_000, SCANNER, 137, host(last), 137, bytes(50), bytes(200) if last % 7 == 0 else None)


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def sctp_answers(wire):
    """SCTP INIT to 24 ports of a host with SCTP: two answer INIT-ACK, the others ABORT."""
    for turn, port in enumerate(range(2895, 2919)):
        head = struct.pack("!HHII", 49000, port, 0, 0)
        init = struct.pack("!BBHIIHHI", 1, 0, 20, 7, 65536, 10, 2048, 7)
        wire.add(turn * 60_000, packets.ip(SCANNER, host(10), 132, head + init))
        answer = struct.pack("!BBHIIHHI", 2, 0, 20, 9, 65536, 10, 2048, 9) if port in (2905, 2910) \
            else struct.pack("!BBH", 6, 0, 4)
        wire.add(turn * 60_000 + RTT, packets.ip(host(10), SCANNER, 132, struct.pack("!HHII", port, 49000, 7, 0) + answer))


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def ack_inbound_only(wire):
    """A lone ACK to 30 ports from one port; nothing that home sent is in the file."""
    for turn, port in enumerate(random.sample(range(1, 1024), 30)):
        wire.add(turn * 30_000, packets.tcp(SCANNER, host(10), 61234, port, ACK, 5, 7, window=1024, ttl=44))


@capture("scan", NET, "horizontal", SCANNER)
def fin_across(wire):
    """A lone FIN to port 22 of 24 addresses; the live ones say nothing or RST."""
    for turn, last in enumerate(range(10, 34)):
        wire.add(turn * 200_000, packets.tcp(SCANNER, host(last), 50505, 22, FIN, 3))
        if last % 4 == 0:
            wire.add(turn * 200_000 + RTT, packets.tcp(host(last), SCANNER, 22, 50505, RST | ACK, 0, 4, window=0))


@capture("scan", "192.0.2.10", "vertical", "198.51.100.7,198.51.100.8,203.0.113.4,203.0.113.5,203.0.113.6", "203.0.113.50,*")
def five_scanners(wire):
    """Five sources scan at the same time, each in its own way (SYN, XMAS, NULL, UDP, FIN) and 20 ports; a client browses."""
    for turn in range(20):
        at, port = turn * 250_000, WELL_KNOWN[turn]
        wire.refused(at, "198.51.100.7", host(10), port)
        for source, flags in (("198.51.100.8", FIN | PSH | URG), ("203.0.113.4", 0), ("203.0.113.6", FIN)):
            wire.add(at + 9000, packets.tcp(source, host(10), 40404, port, flags, 3, window=1024))
        probe = packets.udp("203.0.113.5", host(10), 40404, port)
        wire.add(at + 12000, probe)
        wire.add(at + 12000 + RTT, packets.unreachable(host(10), probe))
        wire.talk(at, "203.0.113.50", host(10), 443)


V6_HOME, V6_SCANNER = "2001:db8:a::10", "2001:db8:f::7"


@capture("scan", V6_HOME, "vertical", V6_SCANNER)
def v6_extensions(wire):
    """SYN to 24 IPv6 ports behind hop-by-hop, destination options, routing and atomic fragment headers in turn."""
    padding = bytes([6, 0, 1, 4, 0, 0, 0, 0])
    chains = ((0, padding), (60, padding), (44, bytes([6, 0, 0, 0, 1, 2, 3, 4])),
              (0, bytes([60]) + padding[1:] + padding), (43, bytes([6, 0, 253, 0, 0, 0, 0, 0])))
    for turn, port in enumerate(WELL_KNOWN[:24]):
        first, extensions = chains[turn % len(chains)]
        wire.add(turn * 80_000, packets.tcp(V6_SCANNER, V6_HOME, 40000, port, SYN, 9, window=1024, options=packets.MSS,
                                            extensions=extensions, first_next=first))


@capture("scan", "2001:db8:a::/64", "horizontal", V6_SCANNER)
def v6_dark_sweep(wire):
    """Echo to 40 IPv6 addresses ::1 to ::28, four live; the router says address unreachable for some of the others."""
    for turn in range(1, 41):
        target, at = f"2001:db8:a::{turn:x}", turn * 100_000
        wire.ping(at, V6_SCANNER, target, turn in (1, 16, 17, 32))
        if turn % 10 == 5:
            wire.add(at + 3 * SECOND, packets.unreachable("2001:db8:a::1", packets.echo(V6_SCANNER, target)))


@capture("scan", "2001:db8:a::/64", "horizontal", "2001:db8:bad::/64", "-", "no")
def v6_source_hops(wire):
    """SYN to port 22 of 40 addresses, each from another address of the scanner's own /64. Not scored: which address is named is open."""
    for turn in range(40):
        source = "2001:db8:bad:0:" + ":".join(f"{random.getrandbits(16):x}" for _ in range(4))
        wire.lost(turn * 400_000, source, f"2001:db8:a::{turn + 16:x}", 22, ())


@capture("scan", "192.0.2.10", "vertical", SCANNER, link_type=101)
def raw_link_syn(wire):
    """SYN to 16 refused ports; the file has link type RAW."""
    for turn, port in enumerate(WELL_KNOWN[:16]):
        wire.refused(turn * 80_000, SCANNER, host(10), port)


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def ten_ports_exactly(wire):
    """SYN to ten ports of a silent host in 30 ms, nothing else in the file."""
    for turn, port in enumerate((21, 22, 23, 25, 80, 110, 139, 443, 445, 3389)):
        wire.lost(turn * 3_000, SCANNER, host(10), port, ())


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def udp_with_answers(wire):
    """UDP to 20 ports with protocol payloads: 53, 123 and 161 answer, the others are refused at the kernel's rate or silent."""
    for turn, port in enumerate((53, 67, 69, 111, 123, 135, 137, 138, 161, 162, 445, 500, 514, 520, 631, 1434, 1900, 4500,
                                 5353, 49152)):
        at = turn * 50_000
        served = port in (53, 123, 161)
        wire.ask(at, SCANNER, 60123, host(10), port, bytes(30), bytes(60) if served else None)
        if not served and turn % 3 == 0:
            wire.add(at + RTT, packets.unreachable(host(10), packets.udp(SCANNER, host(10), 60123, port, bytes(30))))


@capture("scan", "192.0.2.10", "vertical", SCANNER)
def clock_steps_back(wire):
    """14 refused ports, one a second; after the seventh the clock of the capture steps back by an hour."""
    for turn, port in enumerate(WELL_KNOWN[:14]):
        wire.refused(turn * SECOND, SCANNER, host(10), port)
    wire.keep_order_after(7 * SECOND, -HOUR)


@capture("scan", "10.20.0.0/16", "horizontal", "10.99.3.4", "10.20.0.5,*")
def inside_horizontal(wire):
    """An infected host of another office tries ports 445 and 139 of 20 hosts of home: five are served, eight refuse, seven
    are dead; home's file server 10.20.0.5 talks to many others meanwhile."""
    for turn in range(20):
        target, at = f"10.20.{turn}.9", turn * 600_000
        for port in (445, 139):
            if turn % 4 == 0:
                wire.talk(at, "10.99.3.4", target, port, 1)
            else:
                (wire.refused if turn % 2 else wire.lost)(at, "10.99.3.4", target, port)
        wire.talk(at, f"10.99.7.{turn}", "10.20.0.5", 445)


@capture("scan", "192.0.2.10", "vertical", SCANNER, score="no")
def synack_probe(wire):
    """SYN-ACK to 25 ports from one high port. Not scored: it is the same as backscatter of a flooded service on that port."""
    for turn, port in enumerate(random.sample(range(1, 1024), 25)):
        wire.add(turn * 50_000, packets.tcp(SCANNER, host(10), 40001, port, SYN | ACK, 3, 4, window=1024))
        wire.add(turn * 50_000 + RTT, packets.tcp(host(10), SCANNER, port, 40001, RST, 4, window=0))
