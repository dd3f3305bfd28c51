"""Crafted everyday traffic: nobody in it scans."""

import random
import struct

import packets
from packets import ACK, HOUR, MINUTE, PSH, SECOND
from wire import RTT, a_port, capture

HOME = "192.0.2.10"
NET = "192.0.2.0/24"
CLIENT = "203.0.113.50"


def host(number):
    return f"192.0.2.{number}"


def outside(number):
    return f"203.0.113.{number}"


@capture("benign", NET, "benign", must_not="203.0.113.5,*")
def monitor_day(wire):
    """A monitor pings ten hosts and checks five services of each every hour for a day; one host is down for three
    hours, another one's web service is stopped for two."""
    for turn in range(24):
        for number in range(10):
            at, target = turn * HOUR + number * 2 * SECOND, host(10 + number)
            down = number == 3 and 5 <= turn < 8
            wire.ping(at, outside(5), target, not down)
            for step, port in enumerate((22, 25, 80, 443, 993)):
                when = at + (step + 1) * 100_000
                if down:
                    wire.lost(when, outside(5), target, port, (1,))
                elif number == 7 and port == 80 and 10 <= turn < 12:
                    wire.refused(when, outside(5), target, port)
                elif turn % 6 == 0 or number == 7:
                    wire.talk(when, outside(5), target, port, 0)


@capture("benign", NET, "benign")
def office_behind_nat(wire):
    """A whole office behind one address: 100 connections to three ports of eight home servers, all served, and a wrong
    bookmark to a port that refuses, six times."""
    for turn in range(100):
        wire.talk(turn * 400_000, CLIENT, host(10 + turn % 8), (80, 443, 993)[turn % 3], 1)
    for turn in range(6):
        wire.refused(turn * 9 * SECOND, CLIENT, host(12), 8443)


@capture("benign", NET, "benign")
def gateway_transit(wire):
    """Transit of a gateway: ten home hosts talk to 30 servers outside and ask two resolvers, 15 outside clients use the
    web and the mail server of home, a few calls fail either way."""
    for turn in range(70):
        inner, at = host(10 + turn % 10), turn * 330_000
        wire.ask(at, inner, a_port(), outside(200 + turn % 2), 53)
        wire.talk(at + 40_000, inner, outside(20 + turn % 30), (443, 443, 80, 993)[turn % 4], 1)
        if turn % 15 == 0:
            wire.refused(at, inner, outside(90), 8080)
        if turn % 4 == 0:
            wire.talk(at, outside(120 + turn % 15), host(10), 443, 1)
            wire.talk(at, outside(120 + turn % 15), host(11), 25, 2)
        if turn % 30 == 0:
            wire.lost(at, outside(120 + turn % 15), host(12), 443, (1, 3))


@capture("benign", HOME, "benign")
def ntp_pool(wire):
    """Home asks eight time servers for two days, each every 34 minutes; one in twenty answers is lost."""
    for turn in range(85):
        for server in range(8):
            wire.ask(turn * 2048 * SECOND + server * 3 * SECOND, HOME, 123, outside(10 + server), 123, bytes(48),
                     None if random.random() < 0.05 else bytes(48))


@capture("benign", HOME, "benign")
def ntp_answers_only(wire):
    """Answers of six time servers to 80 ephemeral ports of home; the questions are not in the file."""
    for turn in range(80):
        wire.add(turn * 64 * SECOND, packets.udp(outside(10 + turn % 6), HOME, 123, a_port(), bytes(48)))


@capture("benign", HOME, "benign", must_not="203.0.113.200,203.0.113.201,*")
def resolvers_answers_only(wire):
    """300 answers of two resolvers to random ports over two hours; the questions are not in the file, some answers come twice."""
    for turn in range(300):
        answer = packets.udp(outside(200 + turn % 2), HOME, 53, random.randint(1024, 65535), bytes(random.randint(60, 200)))
        wire.add(turn * 24 * SECOND, answer)
        if turn % 25 == 0:
            wire.add(turn * 24 * SECOND + 900_000, answer)


@capture("benign", HOME, "benign")
def lan_chatter(wire):
    """A LAN's noise at home's port: SSDP, mDNS, LLMNR, NetBIOS, WS-Discovery and DHCP by broadcast and multicast from 25
    neighbours, and unicast SSDP answers of 12 devices to the port from which home searched."""
    for turn in range(12):
        for number in range(25):
            at, source = turn * 20 * SECOND + number * 300_000, host(50 + number)
            kind = (turn + number) % 6
            target, port = (("239.255.255.250", 1900), ("224.0.0.251", 5353), ("224.0.0.252", 5355),
                            ("192.0.2.255", 137), ("239.255.255.250", 3702), ("255.255.255.255", 67))[kind]
            wire.add(at, packets.udp("0.0.0.0" if port == 67 else source, target,
                                     {67: 68, 5353: 5353, 137: 137}.get(port, a_port()), port, bytes(90), ttl=4))
            if kind == 3:
                wire.add(at + 5000, packets.udp(source, "192.0.2.255", 138, 138, bytes(150)))
    search = packets.udp(HOME, "239.255.255.250", 50000, 1900, b"M-SEARCH * HTTP/1.1\r\n\r\n")
    for turn in range(3):
        wire.add(turn * 60 * SECOND, search)
        for number in range(12):
            wire.add(turn * 60 * SECOND + number * 90_000, packets.udp(host(50 + number), HOME, 1900, 50000, bytes(200)))


@capture("benign", NET, "benign")
def dhcp_leases(wire):
    """30 clients get and renew leases: discover from 0.0.0.0 by broadcast, offers, requests, acknowledgements, renewals by
    unicast to the server in home."""
    server = host(2)
    for number in range(30):
        at, lease = number * 40 * SECOND, host(100 + number)
        for step in range(2):
            wire.add(at + step * 50_000, packets.udp("0.0.0.0", "255.255.255.255", 68, 67, bytes(250)))
            wire.add(at + step * 50_000 + 9000, packets.udp(server, "255.255.255.255", 67, 68, bytes(250)))
        wire.ask(at + 1800 * SECOND, lease, 68, server, 67, bytes(250), bytes(250))


@capture("benign", HOME, "benign")
def tftp_transfers(wire):
    """A router saves eight files to home's TFTP server: a question to port 69, then data to the port that the server chose."""
    for turn in range(8):
        at, mine, theirs = turn * 20 * SECOND, a_port(), a_port()
        wire.add(at, packets.udp(CLIENT, HOME, mine, 69, b"\0\2config\0octet\0"))
        wire.add(at + RTT, packets.udp(HOME, CLIENT, theirs, mine, b"\0\4\0\0"))
        for block in range(1, 8):
            wire.ask(at + block * 60_000, CLIENT, mine, HOME, theirs, b"\0\3" + bytes(100), b"\0\4\0\1")


@capture("benign", HOME, "benign")
def nfs_mount(wire):
    """Five clients mount a share: portmapper, mountd, nfsd, statd and lockd of home by UDP and TCP, all answered."""
    for number in range(5):
        at, client = number * 10 * SECOND, outside(60 + number)
        for step, port in enumerate((111, 20048, 111, 2049, 111, 32803, 662)):
            wire.ask(at + step * 80_000, client, 700 + number, HOME, port)
            wire.talk(at + step * 80_000 + 30_000, client, HOME, port, 1, source_port=800 + number + step)


@capture("benign", HOME, "benign")
def rpc_dynamic_ports(wire):
    """Six Windows clients ask the endpoint mapper on 135 and then use six dynamic ports each, and 88, 389, 445, 464."""
    for number in range(6):
        for step, port in enumerate((88, 389, 135, 49664, 49665, 135, 49666, 49667, 445, 464, 49670, 49671)):
            wire.talk(number * 8 * SECOND + step * 200_000, outside(60 + number), HOME, port, 1)


@capture("benign", HOME, "benign")
def smb_and_139(wire):
    """12 clients call ports 445 and 139 of home at once; home has no 139 and refuses it."""
    for number in range(12):
        wire.talk(number * 3 * SECOND, outside(60 + number), HOME, 445, 3)
        wire.refused(number * 3 * SECOND + 800, outside(60 + number), HOME, 139)


@capture("benign", HOME, "benign")
def sip_one_way_media(wire):
    """20 calls over one trunk: SIP both ways on 5060, media from the provider's two gateways to 20 even ports of home and
    RTCP to the odd ones; home is on hold and sends no media back."""
    for call in range(20):
        at, gateway, port = call * 15 * SECOND, outside(70 + call % 2), 10000 + 2 * call
        wire.ask(at, HOME, 5060, outside(69), 5060, b"INVITE sip:a SIP/2.0\r\n\r\n", b"SIP/2.0 200 OK\r\n\r\n")
        for beat in range(25):
            wire.add(at + 100_000 + beat * 20_000, packets.udp(gateway, HOME, 30000 + 2 * call, port, bytes([128, 8]) + bytes(80)))
        wire.add(at + 400_000, packets.udp(gateway, HOME, 30001 + 2 * call, port + 1, bytes([128, 200]) + bytes(50)))


@capture("benign", HOME, "benign")
def webrtc_checks(wire):
    """Ten WebRTC calls: the peers' connectivity checks to four ports of home each, from which home asks them as well."""
    for call in range(10):
        at, peer = call * 12 * SECOND, outside(100 + call)
        ports, theirs = [a_port() for _ in range(4)], a_port()
        for turn, port in enumerate(ports):
            wire.ask(at + turn * 50_000 + (0 if call % 2 else 30_000), HOME, port, peer, theirs, b"\0\1" + bytes(50), b"\1\1" + bytes(50))
            wire.ask(at + turn * 50_000 + (30_000 if call % 2 else 0), peer, theirs, HOME, port, b"\0\1" + bytes(50), b"\1\1" + bytes(50))


@capture("benign", HOME, "benign")
def quic_clients(wire):
    """30 QUIC clients of home's port 443, five of which change their port in the middle."""
    for number in range(30):
        port = a_port()
        for turn in range(8):
            if turn == 4 and number % 6 == 0:
                port = a_port()
            wire.ask(number * 700_000 + turn * 60_000, outside(100 + number), port, HOME, 443, bytes(1200 if turn == 0 else 60), bytes(300))


@capture("benign", HOME, "benign")
def dht_node(wire):
    """Home is a node of a DHT on port 6881: it asks 120 peers, 40 of them never answer, 15 answer by port unreachable;
    100 others ask it unasked, and 30 still ask a port that it had yesterday."""
    for number in range(120):
        peer, port, at = f"198.51.{100 + number}.{number + 1}", random.randint(1025, 65000), number * 500_000
        answered = number % 3 != 0
        wire.ask(at, HOME, 6881, peer, port, bytes(100), bytes(200) if answered else None)
        if number % 24 == 0:
            wire.add(at + RTT, packets.unreachable(peer, packets.udp(HOME, peer, 6881, port, bytes(100))))
    for number in range(100):
        wire.ask(number * 600_000, outside(number + 1), random.randint(1025, 65000), HOME, 6881, bytes(100), bytes(200))
    for number in range(30):
        wire.ask(number * 2 * SECOND, outside(number + 120), 6881, HOME, 51413, bytes(100), None)


@capture("benign", HOME, "benign")
def service_restart(wire):
    """A database restarts: 12 clients that keep connections are refused for six seconds, then served again."""
    for number in range(12):
        for turn in range(12):
            at = turn * SECOND + number * 30_000
            (wire.refused if 3 <= turn < 9 else wire.talk)(at, outside(100 + number), HOME, 5432)


@capture("benign", NET, "benign")
def dead_replicas(wire):
    """A client library tries four replicas for ten minutes; two of them are gone, one refuses; each is called again and again."""
    for turn in range(60):
        at = turn * 10 * SECOND
        wire.lost(at, CLIENT, host(20), 9042, (1, 3))
        wire.lost(at + 100, CLIENT, host(21), 9042, (1, 3))
        wire.refused(at + 200, CLIENT, host(22), 9042)
        wire.talk(at + 300, CLIENT, host(23), 9042, 1)


@capture("benign", HOME, "benign", must_not="203.0.113.66,*")
def irc_proxy_check(wire):
    """Home joins an IRC network; its proxy monitor opens ports 1080, 3128, 8080 and 23 of home, all refused. Announced by
    the server and limited to four ports."""
    wire.talk(0, HOME, outside(65), 6667, 6, end="open")
    for turn, port in enumerate((1080, 3128, 8080, 23)):
        wire.refused(SECOND + turn * 3000, outside(66), HOME, port)


@capture("benign", HOME, "benign", score="no")
def port_knock(wire):
    """An administrator knocks on three closed ports, three times in a day, and then uses ssh. Not scored: four such knocks would be a scan."""
    for turn in range(3):
        for step, port in enumerate((7000, 8000, 9000)):
            wire.lost(turn * 8 * HOUR + step * 300_000, CLIENT, HOME, port, ())
        wire.talk(turn * 8 * HOUR + 2 * SECOND, CLIENT, HOME, 22, 8)


@capture("benign", HOME, "benign")
def long_lived(wire):
    """Five connections that last three days with a keep-alive every two hours; the capture begins after their handshakes,
    and the far end speaks first."""
    for number in range(5):
        seq, back, port = random.getrandbits(30), random.getrandbits(30), a_port()
        for turn in range(36):
            at = turn * 2 * HOUR + number * MINUTE
            wire.add(at, packets.tcp(outside(80), HOME, 5222, port, ACK, seq - 1, back))
            wire.add(at + RTT, packets.tcp(HOME, outside(80), port, 5222, ACK, back, seq))


@capture("benign", HOME, "benign")
def middle_inbound_only(wire):
    """Ten connections to ten ports of home in progress from one address, data and acknowledgements only, no answers in the file."""
    flows = [(a_port(), port) for port in (22, 25, 80, 143, 443, 587, 993, 5222, 5269, 8443)]
    for turn in range(20):
        for number, (source_port, port) in enumerate(flows):
            wire.add(turn * SECOND + number * 40_000, packets.tcp(
                CLIENT, HOME, source_port, port, ACK if turn % 3 else PSH | ACK, 1000 + turn * 100, 5000 + turn * 70,
                payload=b"" if turn % 3 else bytes(100)))


@capture("benign", HOME, "benign")
def doubled_packets(wire):
    """A mirror port that shows each packet twice: 20 web connections, 20 DNS questions of home, six pings."""
    for turn in range(20):
        wire.talk(turn * SECOND, outside(100 + turn), HOME, 443)
        wire.ask(turn * SECOND, HOME, a_port(), outside(200), 53)
        if turn % 4 == 0:
            wire.ping(turn * SECOND, CLIENT, HOME)
    wire.records += [(at + 15, packet) for at, packet in wire.records]


@capture("benign", HOME, "benign")
def answers_before_questions(wire):
    """Two taps whose clocks differ by 40 ms: everything that home receives seems to come before what it answers to.
    25 connections that home opens to different ports, 25 DNS questions."""
    for turn in range(25):
        wire.talk(turn * SECOND, HOME, outside(30 + turn), 400 + turn)
        wire.ask(turn * SECOND + 200_000, HOME, a_port(), outside(200), 53)
    inner = packets.packed(HOME)
    wire.records = [(at + (40_000 if packet[12:16] == inner else 0), packet) for at, packet in wire.records]


@capture("benign", HOME, "benign")
def ordinary_day_of_a_client(wire):
    """A desktop's hour: 90 DNS questions, 60 web connections to 30 servers, some reset, some refused, ntp, and late
    segments of servers after the desktop has closed."""
    for turn in range(90):
        at = turn * 40 * SECOND
        wire.ask(at, HOME, a_port(), outside(200), 53)
        if turn % 3:
            port = a_port()
            done = wire.talk(at + SECOND, HOME, outside(turn % 30 + 1), 443, 2, end=("fin", "rst")[turn % 2], source_port=port)
            for late in range(3):
                wire.add(done + late * 200_000, packets.tcp(outside(turn % 30 + 1), HOME, 443, port, ACK | PSH, 5, 6, payload=bytes(20)))
                wire.add(done + late * 200_000 + RTT, packets.tcp(HOME, outside(turn % 30 + 1), port, 443, 4, 6, window=0))
    wire.ask(0, HOME, 123, outside(201), 123, bytes(48), bytes(48))


@capture("benign", "2001:db8:a::/64", "benign")
def v6_neighbours(wire):
    """Neighbour discovery, router advertisements, MLD and duplicate address detection of 20 hosts of home for five minutes."""
    router = "fe80::1"
    for turn in range(10):
        wire.add(turn * 30 * SECOND, packets.icmp(router, "ff02::1", 134, 0, bytes(12), ttl=255))
        for number in range(20):
            own, local, at = f"2001:db8:a::{number + 16:x}", f"fe80::{number + 16:x}", turn * 30 * SECOND + number * SECOND
            wire.add(at, packets.icmp(router, own, 135, 0, bytes(4), packets.packed(own), ttl=255))
            wire.add(at + 300, packets.icmp(own, router, 136, 0, bytes(4), packets.packed(own), ttl=255))
            wire.add(at + 9000, packets.icmp("::", f"ff02::1:ff00:{number + 16:x}", 135, 0, bytes(4), packets.packed(own), ttl=255))
            wire.add(at + 20_000, packets.icmp(local, "ff02::16", 143, 0, struct.pack("!HH", 0, 0), ttl=1))
