"""A tape with whole exchanges on it: conversations, refusals, unanswered calls. And the register of crafted captures."""

import dataclasses
import random
import typing

import packets
from packets import ACK, FIN, PSH, RST, SECOND, SYN

CAPTURES = {}
RTT = 22_000


@dataclasses.dataclass
class Capture:
    folder: str
    home: str
    scanners: str
    kind: str
    must_not: str
    score: str
    link_type: int
    build: typing.Callable


def capture(folder, home, kind, scanners="-", must_not="*", score="yes", link_type=1):
    def register(build):
        CAPTURES[build.__name__.replace("_", "-")] = Capture(
            folder, home, scanners, kind, must_not, score, link_type, build)
        return build
    return register


def a_port():
    return random.randint(32768, 60999)


class Wire(packets.Tape):
    """Every method takes the time of its first packet and gives the time of its last one."""

    def syn(self, at, client, server, port, source_port=None, **rest):
        """An opening; gives (time, source port, sequence number)."""
        source_port = source_port or a_port()
        seq = random.getrandbits(32)
        self.add(at, packets.tcp(client, server, source_port, port, SYN, seq, options=packets.LINUX_OPTIONS, **rest))
        return source_port, seq

    def lost(self, at, client, server, port, repeats=(1, 3, 7), source_port=None):
        """A call that nobody answers, repeated after so many seconds."""
        source_port, seq = self.syn(at, client, server, port, source_port)
        for second in repeats:
            self.add(at + second * SECOND,
                     packets.tcp(client, server, source_port, port, SYN, seq, options=packets.LINUX_OPTIONS))
        return at + (repeats[-1] if repeats else 0) * SECOND

    def refused(self, at, client, server, port, rtt=RTT, source_port=None):
        source_port, seq = self.syn(at, client, server, port, source_port)
        self.add(at + rtt, packets.tcp(server, client, port, source_port, RST | ACK, 0, seq + 1, window=0))
        return at + rtt

    def half_open(self, at, client, server, port, rtt=RTT, source_port=None):
        """SYN, SYN-ACK, RST: what a SYN scanner does to an open port."""
        source_port, seq = self.syn(at, client, server, port, source_port)
        answer = random.getrandbits(32)
        self.add(at + rtt, packets.tcp(server, client, port, source_port, SYN | ACK, answer, seq + 1, options=packets.MSS))
        self.add(at + rtt + 300, packets.tcp(client, server, source_port, port, RST, seq + 1, window=0))
        return at + rtt + 300

    def talk(self, at, client, server, port, exchanges=2, rtt=RTT, end="fin", source_port=None, think=30_000):
        """A whole connection; end is fin, rst, or open."""
        source_port, seq = self.syn(at, client, server, port, source_port)
        back = random.getrandbits(32)
        mine, theirs = seq + 1, back + 1
        go = lambda when, flags, data=b"": self.add(
            when, packets.tcp(client, server, source_port, port, flags, mine, theirs, payload=data))
        come = lambda when, flags, data=b"": self.add(
            when, packets.tcp(server, client, port, source_port, flags, theirs, mine, payload=data))
        self.add(at + rtt, packets.tcp(server, client, port, source_port, SYN | ACK, back, mine, options=packets.MSS))
        now = at + rtt + 50
        go(now, ACK)
        for _ in range(exchanges):
            go(now, PSH | ACK, bytes(60))
            mine += 60
            come(now + rtt, ACK)
            come(now + rtt + 500, PSH | ACK, bytes(120))
            theirs += 120
            go(now + rtt + 700, ACK)
            now += rtt + 700 + think
        if end == "fin":
            go(now, FIN | ACK)
            mine += 1
            come(now + rtt, FIN | ACK)
            theirs += 1
            go(now + rtt + 100, ACK)
        elif end == "rst":
            go(now, RST | ACK)
        return now + rtt + 100

    def ask(self, at, client, client_port, server, port, data=bytes(40), answer=bytes(80), rtt=RTT):
        """One datagram and its answer; no answer when that is None."""
        self.add(at, packets.udp(client, server, client_port, port, data))
        if answer is not None:
            self.add(at + rtt, packets.udp(server, client, port, client_port, answer))
        return at + rtt

    def ping(self, at, client, server, answered=True, sequence=1, rtt=RTT):
        self.add(at, packets.echo(client, server, sequence=sequence))
        if answered:
            self.add(at + rtt, packets.echo(server, client, sequence=sequence, answer=True))
        return at + rtt
