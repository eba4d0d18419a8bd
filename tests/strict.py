#!/usr/bin/env python3
"""strict.py HOST:PORT - sends the ambiguous requests of tests/data/strict.txt to a running server.

Each must be refused with one of the statuses its line names, the connection must be closed, and the plain request that
follows on the same connection must get no answer. Ends with "N passed, N failed".
"""
import pathlib
import re
import socket
import sys

CASES = pathlib.Path(__file__).parent / "data" / "strict.txt"
CANARY = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
PATIENCE = 15  # seconds
REFUSALS = {400, 408, 411, 413, 414, 417, 431, 501, 505}
ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t", "0": b"\0", "\\": b"\\"}


def unescape(text):
    out = b""
    for part in re.finditer(r"\\\{(\d+):(.*?)\}|\\x([0-9a-f]{2})|\\(.)|([^\\])", text):
        count, repeated, byte, letter, plain = part.groups()
        if count:
            out += unescape(repeated) * int(count)
        elif byte:
            out += bytes([int(byte, 16)])
        elif letter:
            out += ESCAPES[letter]
        else:
            out += plain.encode()
    return out


def read_cases():
    cases = []
    for line in CASES.read_text().splitlines():
        if line.startswith(" "):
            cases[-1][2] += unescape(line.lstrip(" "))
        elif line and not line.startswith("#"):
            name, statuses = line.rsplit(": ", 1)
            cases.append([name, statuses.split(), b""])
    return cases


def exchange(address, sent):
    """What the server says until it closes, or until it has answered and falls silent."""
    said, closed = b"", False
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
        except OSError:
            pass  # closed while we were talking; its words may still be there
        try:
            while not closed:
                part = connection.recv(65536)
                closed = not part
                said += part
                connection.settimeout(1 if said.count(b"HTTP/1.1 ") >= 2 else PATIENCE)
        except TimeoutError:
            pass
        except ConnectionResetError:
            closed = True
    return said, closed


def verdict(address, statuses, sent):
    """None, or what is wrong."""
    said, closed = exchange(address, sent + CANARY)
    answers = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", said) if status != b"100"]
    if statuses == ["ok"]:
        if not answers or answers[0] in REFUSALS:
            return f"a plain request was refused: {answers}"
        if len(answers) != 2 and answers[0] != 421:
            return f"the connection was not kept: {answers}"
        return None
    if not answers or str(answers[0]) not in statuses:
        return f"answered {answers or 'nothing'} instead of {' or '.join(statuses)}"
    if len(answers) > 1:
        return f"what followed was answered, too: {answers}"
    return None if closed else "the connection was left open"


def main():
    if len(sys.argv) != 2 or ":" not in sys.argv[1]:
        sys.exit("usage: strict.py HOST:PORT")
    host, port = sys.argv[1].rsplit(":", 1)
    address = (host.strip("[]"), int(port))
    passed = failed = 0
    for name, statuses, sent in read_cases():
        wrong = verdict(address, statuses, sent)
        if wrong:
            print(f"FAILED {name}: {wrong}")
        passed += not wrong
        failed += bool(wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
