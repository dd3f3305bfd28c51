"""Real services, and ordinary clients of them.

clients.py serve PORT...                               greets and closes, until it is killed; says "ready"
clients.py ask SOURCE TARGET COUNT PORT...             COUNT connections to each port, eight at a time; says "N of M"
clients.py again SOURCE SOURCE_PORT TARGET PORT COUNT  COUNT connections one after the other, all from one port
"""
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

GREETING = b"welcome\n"


def serve(port):
    server = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=512)
    server.settimeout(None)

    def greet():
        while True:
            client, _ = server.accept()
            with client:
                client.sendall(GREETING)

    threading.Thread(target=greet).start()


def ask(source, source_port, target, port):
    try:
        client = socket.socket(socket.AF_INET6 if ":" in target else socket.AF_INET)
        with client:
            client.settimeout(5)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            client.bind((source, source_port))
            client.connect((target, port))
            answer = b""
            while not answer.endswith(b"\n"):
                part = client.recv(64)
                if not part:
                    break
                answer += part
            if source_port:
                client.recv(1)
            return answer == GREETING
    except OSError as fault:
        print(fault, file=sys.stderr)
        return False


def main(kind, *words):
    if kind == "serve":
        for port in words:
            serve(int(port))
        print("ready", flush=True)
    elif kind == "ask":
        source, target, count = words[:3]
        ports = [int(port) for port in words[3:]] * int(count)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda port: ask(source, 0, target, port), ports))
        print("%d of %d" % (sum(answers), len(answers)))
    elif kind == "again":
        source, source_port, target, port, count = words
        answers = [ask(source, int(source_port), target, int(port)) for _ in range(int(count))]
        print("%d of %d" % (sum(answers), len(answers)))
    else:
        raise SystemExit(__doc__)


main(*sys.argv[1:])
