#!/usr/bin/env python3
"""sweep.py ENGINE - kill -9 at every call that changes the world; the last line is "N passed, N failed".

Each flow is done again and again, and each time the writing process dies one call later (tests/kill_nth.c), until it
lives to the end. After each death: nothing that was acknowledged is lost, nothing is there by halves, the paper starts
cleanly (`haowai check` says sound), and doing the same once more, as a client with its idempotency key would, gives the
result exactly once. Flows: publish, correct, withdraw, flash and front page through the running desk; publish and
import by the command line alone.
"""
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from paper import BINARY, Paper, ROOT  # noqa: E402

LIBRARY = os.path.join(ROOT, "build", "kill_nth.so")
MOST_POINTS = 2000


class Aim:
    """The file that says which call is the last: left, pid, calls, hit."""

    def __init__(self, path):
        with open(path, "wb") as out:
            out.write(bytes(32))
        self.file = open(path, "r+b")
        self.map = mmap.mmap(self.file.fileno(), 32)
        self.environment = {"LD_PRELOAD": LIBRARY, "KILL_FILE": path}

    def set(self, left, pid):
        self.map[:] = struct.pack("qqqq", 0, -1, 0, 0)
        self.map[:] = struct.pack("qqqq", left, pid, 0, 0)

    @property
    def hit(self):
        return struct.unpack("qqqq", self.map[:])[3]


class Sweep:
    def __init__(self, engine):
        self.engine = engine
        self.points = self.failed = 0

    def wrong(self, flow, n, sentence):
        self.failed += 1
        print("FAILED (%s) %s, death before call %d: %s" % (self.engine, flow, n, sentence), flush=True)

    def sound(self, paper, flow, n):
        done = paper.haowai("check", "DIR")
        if done.exit != 0:
            self.wrong(flow, n, "haowai check: " + done.out + done.err)

    # --- through the running desk --------------------------------------------------

    def ask(self, paper, request, key):
        """The status, or None when the desk died first."""
        try:
            return paper.act(*request, key=key).status
        except (OSError, EOFError, ValueError) as gone:
            return None
        except Exception as gone:  # http.client's own
            if type(gone).__module__ == "http.client":
                return None
            raise

    def ask_again(self, paper, request, key):
        """As a client does: the same with the same key until there is an answer."""
        until = time.monotonic() + 15
        while time.monotonic() < until:
            status = self.ask(paper, request, key)
            if status is not None and status < 500:
                return status
            time.sleep(0.05)
        return None

    def running_flow(self, paper, aim, flow, prepare, request_of, verify):
        """prepare() -> what is worked on; request_of(it) -> (method, path, body); verify(it, state) -> None or what is
        wrong, state "before|after" or "after"."""
        for n in range(1, MOST_POINTS):
            it = prepare()
            request, key = request_of(it), "sweep-%s-%d" % (flow, n)
            desk = paper.roles()["desk"]
            aim.set(n, desk)
            status = self.ask(paper, request, key)
            died = aim.hit == desk
            aim.set(0, -1)
            if status is not None and status >= 300 and not died:
                self.wrong(flow, n, "answered %d" % status)
                return
            acknowledged = status is not None and status < 300
            problem = None if acknowledged and not died else self.after_death(paper, flow, n, it, request, key, verify, acknowledged)
            problem = problem or verify(it, "after")
            self.points += 1
            if problem:
                self.wrong(flow, n, problem)
            if not died:
                return
        self.wrong(flow, MOST_POINTS, "there is no end of points")

    def after_death(self, paper, flow, n, it, request, key, verify, acknowledged):
        if not self.desk_is_back(paper, 0.3):
            # the supervisor waits longer after each early death: start it anew, which must be clean, too
            paper.stop()
            paper.start("--no-log", environment=self.environment)
        problem = verify(it, "after" if acknowledged else "before|after")
        if problem:
            return problem
        status = self.ask_again(paper, request, key)
        return None if status is not None and status < 300 else "asked again: %s" % status

    @staticmethod
    def desk_is_back(paper, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if "desk" in paper.roles() and paper.act("GET", "/desk/api/sections").status == 200:
                    return True
            except Exception:
                pass
            time.sleep(0.02)
        return False

    def run_running(self):
        with Paper(self.engine) as paper:
            aim = Aim(os.path.join(paper.parent, "aim"))
            aim.set(0, -1)
            self.environment = aim.environment
            paper.start("--no-log", environment=aim.environment)
            counter = iter(range(1, 1 << 30))

            def page(path):
                answer = paper.get(path)
                answer.raw = answer.raw.replace(b"<wbr>", b"")
                return answer

            def new_title():
                return "掃描第%d則　鐵證如山" % next(counter)

            def publish_request(title):
                return ("POST", "/desk/api/articles", {"title": title, "body": "內文%s。" % title})

            def publish_verify(title, state):
                short = title.split("　")[0]
                rows = [row for row in paper.act("GET", "/desk/api/articles?limit=10").json["articles"] if row["title"] == title]
                home = page("/latest").text.count(short + "<")
                if len(rows) > 1:
                    return "%d stories" % len(rows)
                if state == "after" and not rows:
                    return "lost"
                shown = page(rows[0]["url"]).status if rows else 404
                if rows and (shown != 200 or short not in page("/latest").text or short not in page("/feed.xml").text):
                    return "there by halves: page %d, latest %d" % (shown, home)
                if not rows and short in page("/latest").text:
                    return "in the list but not in the paper"
                return None

            def a_story():
                return paper.publish(title=new_title(), body="原來的內文。")

            def correct_request(story):
                return ("POST", "/desk/api/articles/%d/correct" % story["id"],
                        {"title": "更正後第%d則。" % story["id"], "note": "說明第%d則。" % story["id"], "kind": "correction"})

            def correct_verify(story, state):
                text, feed = page(story["url"]).text, page("/feed.xml").text
                title, note = "更正後第%d則。" % story["id"], "說明第%d則。" % story["id"]
                new, listed = title in text, title in feed
                if new != (note in text) or text.count(note) > 1 or new != listed:
                    return "by halves: title %s, notes %d, feed %s" % (new, text.count(note), listed)
                return "lost" if state == "after" and not new else None

            def withdraw_request(story):
                return ("POST", "/desk/api/articles/%d/withdraw" % story["id"], {"reason": "掃描"})

            def withdraw_verify(story, state):
                status, listed = page(story["url"]).status, story["title"].split("　")[0] in page("/latest").text
                if (status == 410) == listed or status not in (200, 410):
                    return "by halves: %d, listed %s" % (status, listed)
                return "lost" if state == "after" and status != 410 else None

            def flash_request(text):
                return ("POST", "/desk/api/flash", {"text": text})

            def flash_verify(text, state):
                times = [item["text"] for item in paper.act("GET", "/desk/api/flash").json["flashes"]].count(text)
                shown = text in page("/flash").text
                if times > 1 or shown != (times == 1):
                    return "%d times, shown %s" % (times, shown)
                return "lost" if state == "after" and not times else None

            def front_request(story):
                return ("PUT", "/desk/api/front/0/lead", {"stories": [story["id"]]})

            def front_verify(story, state):
                placed = str(story["id"]) in paper.act("GET", "/desk/api/front/0").text
                return "lost" if state == "after" and not placed else None

            flows = {"publish": (new_title, publish_request, publish_verify),
                     "correct": (a_story, correct_request, correct_verify),
                     "withdraw": (a_story, withdraw_request, withdraw_verify),
                     "flash": (lambda: "快訊第%d則掃描" % next(counter), flash_request, flash_verify),
                     "front": (a_story, front_request, front_verify)}
            for flow, functions in flows.items():
                self.running_flow(paper, aim, flow, *functions)
                self.sound(paper, flow, 0)
            if paper.stop() != 0:
                self.wrong("stop", 0, "the paper did not end cleanly:\n" + paper.log()[-2000:])
            self.sound(paper, "stop", 0)

    # --- by the command line alone -------------------------------------------------

    def run_alone(self):
        """SQLite only: a copy of a directory is a copy of the paper."""
        with Paper("sqlite") as paper:
            aim = Aim(os.path.join(paper.parent, "aim"))
            story = json.dumps({"title": "獨行　也要到底", "body": "內文。"})
            self.alone_flow(paper, aim, "publish alone", ["article", "publish", "DIR", "-"], story, self.published)
            self.import_flow(paper, aim, "import of a few", 12, 1)
            # several batches: each page of the log is a write, so not every one of the thousands is tried
            self.import_flow(paper, aim, "import of many", 2500, 211)

    def import_flow(self, paper, aim, flow, stories, step):
        lines = os.path.join(paper.parent, "archive.jsonl")
        with open(lines, "w", encoding="utf-8") as out:
            for i in range(stories):
                out.write(json.dumps({"id": "a%d" % i, "title": "舊聞%d號" % i, "body": "第一段。\n第二段。",
                                      "published": "2020-01-%02d 10:00" % (i % 28 + 1), "section": "國際",
                                      "tags": ["甲", "乙%d" % (i % 7)], "author": "王小明", "source": "舊報",
                                      "url": "https://old.example/%d" % i, "lang": "zh-Hant"}, ensure_ascii=False) + "\n")
        reference = self.copy(paper, "reference")
        if reference.haowai("import", "DIR", lines).exit != 0:
            self.wrong(flow, 0, "does not work undisturbed")
        self.wanted = self.archive_of(reference)
        self.alone_flow(paper, aim, flow, ["import", "DIR", lines], "", self.imported, step)

    def copy(self, paper, name):
        target = os.path.join(paper.parent, name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(paper.dir, target, ignore=lambda _, names: [n for n in names if n.endswith(".sock")])
        return Paper("sqlite", directory=target)

    def alone_flow(self, paper, aim, flow, words, stdin, verify, step=1):
        for n in range(1, MOST_POINTS * step, step):
            copy = self.copy(paper, "copy")
            aim.set(n, 0)
            done = subprocess.run([BINARY, *[copy.dir if word == "DIR" else word for word in words]], input=stdin, text=True,
                                  capture_output=True, env={**os.environ, **aim.environment})
            died = aim.hit != 0
            aim.set(0, -1)
            problem = verify(copy, words, stdin, done)
            self.sound(copy, flow, n)
            self.points += 1
            if problem:
                self.wrong(flow, n, problem)
            if not died:
                if done.returncode != 0:
                    self.wrong(flow, n, "failed undisturbed: " + done.stderr)
                return
        self.wrong(flow, MOST_POINTS, "there is no end of points")

    @staticmethod
    def published(copy, _words, _stdin, done):
        count = copy.haowai("stats", "DIR", "--json").json["articles"]
        if done.stdout.strip() and count != 1:
            return "acknowledged and lost"
        return "%d stories" % count if count > 1 else None

    @staticmethod
    def archive_of(copy):
        stats = copy.haowai("stats", "DIR", "--json").json
        rows = copy.haowai("article", "list", "DIR", "--limit", "200", "--json").json["articles"]
        return ({name: stats[name] for name in ("articles", "published", "sections", "people", "keywords", "redirects")},
                sorted(row["title"] for row in rows))

    def imported(self, copy, words, _stdin, _done):
        again = copy.haowai(*words)
        if again.exit != 0:
            return "cannot go on: " + again.err
        found = self.archive_of(copy)
        return None if found == self.wanted else "%s instead of %s" % (found[0], self.wanted[0])


def main():
    sweep = Sweep(sys.argv[1])
    sweep.run_running()
    if sweep.engine == "sqlite":
        sweep.run_alone()
    print("%d points" % sweep.points)
    print("%d passed, %d failed" % (max(sweep.points - sweep.failed, 0), sweep.failed))
    return sweep.failed > 0


if __name__ == "__main__":
    sys.exit(main())
