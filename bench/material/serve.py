"""Small servers for the lab. serve.py tcp PORT,... | udp PORT,... | ftp [any] | resolver DELAY_SECONDS

tcp: greets, answers one request, closes. udp: answers each datagram with as many bytes, reversed.
ftp: control on 21, active data from 20; with `any`, PORT may name a third host (RFC 959, the bounce of CERT CA-1997-27).
resolver: answers UDP 53 after a delay.
"""

import asyncio
import socket
import sys


async def greet(reader, writer):
    port = writer.get_extra_info("sockname")[1]
    if port not in (80, 8080, 443):
        writer.write(b"220 host ready\r\n" if port != 22 else b"SSH-2.0-OpenSSH_9.2\r\n")
    try:
        while request := await asyncio.wait_for(reader.read(2000), 20):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"x" * 20 if port in (80, 8080, 443)
                         else b"500 no\r\n" + request[:10])
            await writer.drain()
    except (OSError, asyncio.TimeoutError):
        pass
    writer.close()


class Echo(asyncio.DatagramProtocol):
    def __init__(self, delay):
        self.delay = delay

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, peer):
        asyncio.get_running_loop().call_later(self.delay, self.transport.sendto, self.answer(data), peer)

    @staticmethod
    def answer(data):
        return data[::-1]


class Resolver(Echo):
    @staticmethod
    def answer(data):
        question = data[12:data.index(b"\0", 12) + 5]
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\x50"
        return data[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + question + record


async def ftp(reader, writer, anywhere):
    say = lambda line: writer.write(line.encode() + b"\r\n")
    own = writer.get_extra_info("sockname")[0]
    peer = writer.get_extra_info("peername")[0]
    target = passive = None
    say("220 ready")
    while line := (await reader.readline()).decode(errors="replace").strip():
        verb, _, rest = line.partition(" ")
        verb = verb.upper()
        if verb == "PORT":
            parts = rest.split(",")
            target = (".".join(parts[:4]), int(parts[4]) * 256 + int(parts[5]))
            say("200 ok" if anywhere or target[0] == peer else "500 no")
        elif verb == "PASV":
            passive = asyncio.Queue()
            door = await asyncio.start_server(lambda r, w: passive.put((r, w)), own, 0)
            port = door.sockets[0].getsockname()[1]
            say(f"227 Entering Passive Mode ({own.replace('.', ',')},{port // 256},{port % 256})")
        elif verb in ("LIST", "RETR", "NLST"):
            say("150 opening")
            try:
                if passive:
                    _, data = await asyncio.wait_for(passive.get(), 5)
                    door.close()
                else:
                    line = socket.socket()
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    line.setblocking(False)
                    line.bind((own, 20))
                    await asyncio.wait_for(asyncio.get_running_loop().sock_connect(line, target), 1)
                    _, data = await asyncio.open_connection(sock=line)
                data.write(b"-rw-r--r-- 1 0 0 100 file\r\n" * (1 if verb != "RETR" else 40))
                await data.drain()
                data.close()
                say("226 done")
            except (OSError, asyncio.TimeoutError):
                say("425 cannot connect")
            passive = None
        elif verb == "QUIT":
            say("221 bye")
            break
        else:
            say({"USER": "331 password?", "PASS": "230 in"}.get(verb, "200 ok"))
        await writer.drain()
    writer.close()


async def main(kind, argument="", *_):
    loop = asyncio.get_running_loop()
    if kind == "tcp":
        for port in argument.split(","):
            await asyncio.start_server(greet, None, int(port))
    elif kind == "udp":
        for port in argument.split(","):
            await loop.create_datagram_endpoint(lambda: Echo(0), ("0.0.0.0", int(port)))
    elif kind == "resolver":
        await loop.create_datagram_endpoint(lambda: Resolver(float(argument)), ("0.0.0.0", 53))
    elif kind == "ftp":
        await asyncio.start_server(lambda r, w: ftp(r, w, argument == "any"), "0.0.0.0", 21)
    await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
