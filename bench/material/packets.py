"""Builds IP packets byte by byte and reads and writes classic pcap files. Standard library only.

Times are whole microseconds since the epoch. Formats: RFC 791, 8200, 9293, 768, 792, 4443 and pcap-savefile(5).
"""

import ipaddress
import random
import socket
import struct

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
MSS = bytes.fromhex("020405b4")
LINUX_OPTIONS = bytes.fromhex("020405b40402080a00000001000000000103030a")
EPOCH_MICROS = 1_760_000_000_000_000
SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def packed(address):
    return ipaddress.ip_address(address).packed


def is_v6(address):
    return ":" in address


def pseudo(source, target, protocol, length):
    if is_v6(source):
        return packed(source) + packed(target) + struct.pack("!IHBB", length, 0, 0, protocol)
    return packed(source) + packed(target) + struct.pack("!BBH", 0, protocol, length)


def ip(source, target, protocol, payload, ttl=64, fragment=0x4000, ident=None, extensions=b"", first_next=None):
    """An IP packet; `extensions` are IPv6 extension headers whose chain ends at `protocol`."""
    if is_v6(source):
        body = extensions + payload
        following = protocol if first_next is None else first_next
        return struct.pack("!IHBB", 0x60000000, len(body), following, ttl) + packed(source) + packed(target) + body
    ident = random.getrandbits(16) if ident is None else ident
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), ident, fragment, ttl, protocol, 0)
    head += packed(source) + packed(target)
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def tcp(source, target, source_port, port, flags, seq=None, ack=0, window=64240, options=b"", payload=b"", **rest):
    seq = random.getrandbits(32) if seq is None else seq
    head = struct.pack("!HHIIBBHHH", source_port, port, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF,
                       (5 + len(options) // 4) << 4, flags, window, 0, 0)
    segment = head + options + payload
    value = checksum(pseudo(source, target, 6, len(segment)) + segment)
    return ip(source, target, 6, segment[:16] + struct.pack("!H", value) + segment[18:], **rest)


def udp(source, target, source_port, port, payload=b"", **rest):
    datagram = struct.pack("!HHHH", source_port, port, 8 + len(payload), 0) + payload
    value = checksum(pseudo(source, target, 17, len(datagram)) + datagram) or 0xFFFF
    return ip(source, target, 17, datagram[:6] + struct.pack("!H", value) + datagram[8:], **rest)


def icmp(source, target, kind, code=0, rest=b"\0\0\0\0", payload=b"", **more):
    message = struct.pack("!BBH", kind, code, 0) + rest + payload
    if is_v6(source):
        value = checksum(pseudo(source, target, 58, len(message)) + message)
        return ip(source, target, 58, message[:2] + struct.pack("!H", value) + message[4:], **more)
    return ip(source, target, 1, message[:2] + struct.pack("!H", checksum(message)) + message[4:], **more)


def echo(source, target, ident=77, sequence=1, answer=False, **more):
    kind = (129 if answer else 128) if is_v6(source) else (0 if answer else 8)
    return icmp(source, target, kind, 0, struct.pack("!HH", ident, sequence), b"abcdefghijklmnopqrstuvwabcdefghi", **more)


def unreachable(sender, about, code=3, kind=None):
    """ICMP destination unreachable (or `kind`) from `sender` about the packet `about`, sent to that packet's source."""
    if about[0] >> 4 == 6:
        target = str(ipaddress.ip_address(about[8:24]))
        return icmp(sender, target, 1 if kind is None else kind, code, b"\0\0\0\0", about[:80])
    target = str(ipaddress.ip_address(about[12:16]))
    return icmp(sender, target, 3 if kind is None else kind, code, b"\0\0\0\0", about[:28])


class Tape:
    """Packets with their times, in any order; written sorted by time."""

    def __init__(self, start=EPOCH_MICROS):
        self.records = []
        self.start = start
        self.ordered = False

    def add(self, micros, packet):
        self.records.append((self.start + int(micros), packet))

    def keep_order_after(self, micros, step):
        """From that time on all times are moved by `step`, and the packets stay where they are in the file."""
        self.records.sort(key=lambda record: record[0])
        self.records = [(at + step if at >= self.start + micros else at, packet) for at, packet in self.records]
        self.ordered = True

    def write(self, path, link_type=1, snap=112):
        if not self.ordered:
            self.records.sort(key=lambda record: record[0])
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, snap, link_type))
            for micros, packet in self.records:
                frame = framed(packet, link_type)
                kept = frame[:snap]
                out.write(struct.pack("<IIII", micros // SECOND, micros % SECOND, len(kept), len(frame)) + kept)


def framed(packet, link_type):
    if link_type == 101:
        return packet
    ether_type = 0x86DD if packet[0] >> 4 == 6 else 0x0800
    return bytes.fromhex("020000000002020000000001") + struct.pack("!H", ether_type) + packet


def read(path):
    """(link type, [(micros, captured bytes, length on the wire)]) of a classic little-endian pcap file."""
    with open(path, "rb") as source:
        data = source.read()
    magic, = struct.unpack_from("<I", data)
    if magic not in (0xA1B2C3D4, 0xA1B23C4D):
        raise ValueError(f"{path} is no little-endian pcap file")
    per_micro = 1 if magic == 0xA1B2C3D4 else 1000
    link_type, = struct.unpack_from("<I", data, 20)
    records, at = [], 24
    while at + 16 <= len(data):
        seconds, part, kept, length = struct.unpack_from("<IIII", data, at)
        records.append((seconds * SECOND + part // per_micro, data[at + 16:at + 16 + kept], length))
        at += 16 + kept
    return link_type, records


def write(path, link_type, records, snap=262144):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, snap, link_type))
        for micros, kept, length in records:
            out.write(struct.pack("<IIII", micros // SECOND, micros % SECOND, len(kept), length) + kept)


def sender(family):
    """A raw socket that takes whole IP packets."""
    if family == 6:
        raw = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)
        raw.setsockopt(socket.IPPROTO_IPV6, 36, 1)  # IPV6_HDRINCL, ipv6(7)
        return raw
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)


def send(raw, packet):
    if packet[0] >> 4 == 6:
        raw.sendto(packet, (str(ipaddress.ip_address(packet[24:40])), 0))
    else:
        raw.sendto(packet, (str(ipaddress.ip_address(packet[16:20])), 0))
