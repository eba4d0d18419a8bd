#!/usr/bin/env python3
"""play.py ENGINE [PLAY ...] - plays against the real binary; the last line is "N passed, N failed".

A play is a text anyone can read: lines of words as a shell would split them, # comments, $names of what was learnt.
It begins with a paper that was just made and is not running. Lines that follow a command and begin with a space are
its standard input or body.

    start [options]   stop   kill edge|desk|all   restart    run the paper
    haowai words ...                       a command; DIR is the paper            -> exit, out, err, json
    act METHOD ADDRESS                     an action of the desk                  -> status, body, json
    get|head|post ... PATH [Name: value]   a reader's request                     -> status, body, header
    raw                                    bytes as written (\\r\\n by escapes)     -> body until the site hangs up
    let name = word | json a.b.0 | header x    learn something
    expect status|exit == N     expect body|out|err has|lacks|== "text"    expect header NAME has|lacks|== "text"
    expect json a.b.0 == value  expect count "text" == N   expect metric NAME <= N (since the last `mark`)
    within SECONDS get PATH has|lacks|status "text"   asks until it is so
    sleep SECONDS   mark   file NAME (body: its content, as $NAME)   pgsql|sqlite only
"""
import glob
import os
import shlex
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from paper import Paper, ROOT  # noqa: E402
import socket  # noqa: E402


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def read_play(path):
    """Steps as (line number, words, block)."""
    steps = []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith((" ", "\t")) and steps and line.strip():
            steps[-1][2].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            steps.append((number, line, []))
    return [(number, line, "\n".join(block)) for number, line, block in steps]


class Play:
    def __init__(self, engine):
        self.engine = engine
        self.paper = Paper(engine)
        self.names = {"DIR": self.paper.dir, "SITE": self.paper.site, "DESK": self.paper.desk}
        self.answer = self.run = None
        self.marked = {}

    def fill(self, text):
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace("$" + name, str(self.names[name]))
        return text

    def step(self, line, block):
        words = [self.fill(word) for word in shlex.split(line)]
        getattr(self, "do_" + words[0])(words[1:], self.fill(block))

    # --- running ------------------------------------------------------------------

    def do_start(self, words, _):
        self.paper.start(*words)

    def do_stop(self, _words, _):
        status = self.paper.stop()
        if status != 0:
            raise Failed("the paper ended with %s:\n%s" % (status, self.paper.log()[-2000:]))

    def do_restart(self, words, block):
        self.do_stop(words, block)
        self.do_start(words, block)

    def do_kill(self, words, _):
        if words == ["all"]:
            pids = [*self.paper.roles().values(), self.paper.process.pid]
            for pid in [self.paper.process.pid, *pids]:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.paper.process.wait()
            self.paper.process = None
            self.paper.disconnect()
        else:
            os.kill(self.paper.roles()[words[0]], signal.SIGKILL)

    def do_pgsql(self, words, _):
        if words == ["only"] and self.engine != "pgsql":
            raise Skipped()

    def do_sqlite(self, words, _):
        if words == ["only"] and self.engine != "sqlite":
            raise Skipped()

    def do_sleep(self, words, _):
        time.sleep(float(words[0]))

    # --- asking --------------------------------------------------------------------

    def do_haowai(self, words, block):
        self.run, self.answer = self.paper.haowai(*words, stdin=block), None

    def do_act(self, words, block):
        import json
        key = words[2] if len(words) > 2 else None
        self.answer, self.run = self.paper.act(words[0], words[1], json.loads(block) if block else None, key), None

    def ask(self, method, words, block=None):
        headers = dict(word.split(": ", 1) for word in words[1:])
        self.answer, self.run = self.paper.ask(method, words[0], headers, block or None), None

    def do_get(self, words, _):
        self.ask("GET", words)

    def do_head(self, words, _):
        self.ask("HEAD", words)

    def do_post(self, words, block):
        self.ask("POST", words, block.encode())

    def do_raw(self, _words, block):
        host, port = self.paper.site.split(":")
        with socket.create_connection((host, int(port)), timeout=10) as wire:
            wire.sendall(block.encode().decode("unicode_escape").encode("latin-1"))
            got = b""
            while chunk := wire.recv(65536):
                got += chunk
        from paper import Answer
        self.answer, self.run = Answer(int(got.split(b" ", 2)[1] or 0) if got else 0, [], got), None

    def do_file(self, words, block):
        path = os.path.join(self.paper.parent, words[0])
        with open(path, "w", encoding="utf-8") as out:
            out.write(block + "\n")
        self.names[words[0]] = path

    # --- learning and expecting -------------------------------------------------------

    def at(self, path):
        value = (self.answer or self.run).json
        for word in path.split("."):
            try:
                value = value[int(word)] if isinstance(value, list) else value[word]
            except (KeyError, IndexError):
                return None
        return value

    def do_let(self, words, _):
        name, _, kind, *rest = words
        self.names[name] = {"json": lambda: self.at(rest[0]),
                            "header": lambda: self.answer.headers.get(rest[0], ""),
                            "word": lambda: self.run.out.split()[int(rest[0]) - 1]}.get(kind, lambda: kind)()

    def do_mark(self, _words, _):
        self.marked = self.paper.metrics()

    def subject(self, words):
        """What is looked at, and the words behind it."""
        kind = words[0]
        if kind == "status":
            return self.answer.status, words[1:]
        if kind in ("exit", "out", "err"):
            return getattr(self.run, kind), words[1:]
        if kind == "body":  # where a headline may break does not matter here
            return self.answer.text.replace("<wbr>", ""), words[1:]
        if kind == "header":
            return self.answer.headers.get(words[1].lower(), ""), words[2:]
        if kind == "json":
            return self.at(words[1]), words[2:]
        if kind == "count":
            return self.answer.text.count(words[1]), words[2:]
        if kind == "metric":
            return self.paper.metrics().get(words[1], 0) - self.marked.get(words[1], 0), words[2:]
        raise Failed("nothing is called " + kind)

    @staticmethod
    def holds(value, relation, wanted):
        if relation == "has":
            return wanted in str(value)
        if relation == "lacks":
            return wanted not in str(value)
        if relation in ("==", "!="):
            same = str(value) == wanted or (isinstance(value, (int, float)) and float(wanted) == value)
            return same == (relation == "==")
        return {"<=": float(value) <= float(wanted), ">=": float(value) >= float(wanted)}[relation]

    def do_expect(self, words, _):
        value, (relation, wanted) = self.subject(words)
        if not self.holds(value, relation, wanted):
            shown = str(value)
            extra = self.run.err if self.run else ""
            raise Failed("%s is %s\n%s" % (words[0], shown if len(shown) < 1500 else shown[:1500] + " ...", extra))

    def do_within(self, words, _):
        until = time.monotonic() + float(words[0])
        _, path, relation, wanted = words[1:]
        while True:
            self.ask("GET", [path])
            value = self.answer.status if relation == "status" else self.answer.text.replace("<wbr>", "")
            if self.holds(value, "==" if relation == "status" else relation, wanted):
                return
            if time.monotonic() > until:
                raise Failed("%s still is %d %s" % (path, self.answer.status, self.answer.text[:800]))
            time.sleep(0.05)


def perform(path, engine):
    """None, or what failed."""
    play = Play(engine)
    number, line = 0, ""
    try:
        for number, line, block in read_play(path):
            play.step(line, block)
    except Skipped:
        return "skipped"
    except Exception as failure:  # a broken play is a failed play
        where = "%s:%d: %s" % (os.path.relpath(path, ROOT), number, line)
        return "%s\n    %s: %s" % (where, type(failure).__name__, str(failure).replace("\n", "\n    "))
    finally:
        play.paper.close()
    return None


def main():
    engine, plays = sys.argv[1], sys.argv[2:]
    plays = plays or sorted(glob.glob(os.path.join(ROOT, "tests", "plays", "**", "*.play"), recursive=True))
    passed = failed = 0
    for path in plays:
        problem = perform(path, engine)
        if problem == "skipped":
            continue
        passed += problem is None
        failed += problem is not None
        if problem:
            print("FAILED (%s) %s" % (engine, problem), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
