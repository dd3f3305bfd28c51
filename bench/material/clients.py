"""Clients for the lab: clients.py say SOURCE HOST PORT LINES PAUSE | resets HOST PORTS COUNT | peers HOST | calls HOST | collector HOST"""

import random
import socket
import struct
import sys
import time


def talk(source, host, port, data, patience=1.0):
    line = socket.socket()
    line.settimeout(patience)
    try:
        line.bind((source, 0))
        line.connect((host, port))
        line.sendall(data)
        line.recv(2000)
    except OSError:
        pass
    return line


def datagram(source, host, port, data, source_port=0, patience=0.0):
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.bind((source, source_port))
    line.sendto(data, (host, port))
    if patience:
        line.settimeout(patience)
        try:
            line.recv(2000)
        except OSError:
            pass
    line.close()


def say(source, host, port, lines, pause):
    line = talk(source, host, int(port), b"hello\r\n")
    for _ in range(int(lines) - 1):
        time.sleep(float(pause))
        line.sendall(b"hello again\r\n")
        line.recv(2000)
    line.close()


def resets(host, ports, count):
    for turn in range(int(count)):
        port = int(ports.split(",")[turn % len(ports.split(","))])
        line = talk("198.51.100.7", host, port, b"GET / HTTP/1.1\r\n\r\n")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()


def peers(host):
    for peer in range(100, 160):
        source = f"203.0.113.{peer}"
        talk(source, host, 6881, b"\x13BitTorrent protocol" + bytes(48)).close()
        datagram(source, host, 6881, b"d1:ad2:id20:aaaaaaaaaaaaaaaaaaaae1:q4:ping1:t2:aa1:y1:qe", 6881, 0.2)
    for peer in range(160, 200):
        source = f"203.0.113.{peer}"
        talk(source, host, 51413, b"", 0.5).close()
        datagram(source, host, 51413, b"d1:ad2:id20:aaaaaaaaaaaaaaaaaaaae1:q4:ping1:t2:aa1:y1:qe", 6881)


def calls(host):
    for call in range(6):
        source = f"203.0.113.{10 + call}"
        datagram(source, host, 5060, b"INVITE sip:home SIP/2.0\r\n\r\n", 5060, 0.5)
        for beat in range(100):
            datagram(source, host, 16384 + 2 * (call % 3), bytes([0x80, 0]) + bytes(30), 20000 + 2 * call)
            if beat % 25 == 0:
                datagram(source, host, 16385 + 2 * (call % 3), bytes([0x80, 200]) + bytes(30), 20001 + 2 * call)
            time.sleep(0.002)


def collector(host):
    for turn in range(8):
        for device in range(20):
            source = f"203.0.113.{100 + device}"
            datagram(source, host, 514, b"<34>device: link up", 514)
            if random.random() < 0.4:
                datagram(source, host, 162, b"\x30\x10" + bytes(14), 161)
            datagram(source, host, 2055, bytes([0, 9]) + bytes(40), 40000)


globals()[sys.argv[1]](*sys.argv[2:])
