#!/usr/bin/env python3
"""roles.py ENGINE [TEST ...] - supervisor, edge and desk: how they start, die, hand over, and what readers see of it.

The last line is "N passed, N failed". Figures are printed on the way. Times are bounded generously, because tests run
on busy machines; what a figure should be on a quiet one stands beside it.
"""
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from paper import BINARY, Paper, free_port  # noqa: E402

LEASE = 2.0
BACK = 1.5  # seconds until a role that died is back; 0.2 on a quiet machine
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


# The sanitizers' search for leaks at the end traces the process, which an edge does not allow.
SANITIZED = "asan" in BINARY
os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=0")


class Wrong(Exception):
    pass


def expect(condition, *what):
    if not condition:
        raise Wrong(" ".join(str(part) for part in what))


def until(seconds, condition, *what):
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        expect(time.monotonic() < end, "waited", seconds, "s for", *what)
        time.sleep(0.01)


class Client:
    """Connections of its own; keeps them open when `keep`."""

    def __init__(self, address, keep=True):
        self.host, port = address.split(":")
        self.port, self.keep, self.connection = int(port), keep, None

    def get(self, path, headers=None):
        if not self.connection:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            self.connection.request("GET", path, headers=headers or {})
            response = self.connection.getresponse()
            text = response.read().decode()
            if not self.keep:
                self.close()
            return response.status, text
        except Exception:
            self.close()
            raise

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Load:
    """Threads that fetch pages until the end of the block; counts what went wrong."""

    def __init__(self, paper, paths, threads=4, keep=True):
        self.paper, self.paths, self.keep = paper, paths, keep
        self.done = self.failed = 0
        self.slowest = 0.0
        self.problems = []
        self.stopping = False
        self.threads = [threading.Thread(target=self.run, args=(i,)) for i in range(threads)]

    def run(self, number):
        client = Client(self.paper.site, self.keep)
        while not self.stopping:
            path = self.paths[(self.done + number) % len(self.paths)]
            begun = time.monotonic()
            try:
                status, _ = client.get(path)
                if status != 200:
                    raise OSError("%s: %d" % (path, status))
            except (OSError, http.client.HTTPException) as problem:
                self.failed += 1
                self.problems.append(repr(problem))
            self.done += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
        client.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        until(10, lambda: self.done > 20, "load")
        return self

    def __exit__(self, *_):
        self.stopping = True
        for thread in self.threads:
            thread.join()


def role_pid(paper, role, other_than=None, seconds=10):
    """The process that does that role now, as the desk's /health has it."""

    def find():
        try:
            health = paper.ask_desk("GET", "/health").json
        except (OSError, http.client.HTTPException):
            return None
        for state in health["roles"]:
            if state["role"] == role and state["ready"] and state["pid"] != other_than:
                return state["pid"]
        return None

    return until(seconds, find, role)


def has_lease(paper):
    until(10, lambda: any(edge["lease_ms"] > 0 for edge in paper.ask_desk("GET", "/health").json["edges"]), "a lease")


def status_of(pid):
    found = {}
    for line in open("/proc/%d/status" % pid):
        name, _, value = line.partition(":")
        found[name] = value.strip()
    return found


def is_alive(pid):
    try:
        return status_of(pid)["State"][0] != "Z"
    except OSError:
        return False


# --- the tests; each gets a paper of its own ------------------------------------------------


def starts_and_stops(paper):
    begun = time.monotonic()
    paper.start(wait=False)
    until(15, lambda: "is open" in paper.log(), "the announcement")
    print("  ready after %d ms (quiet machine: < 300)" % ((time.monotonic() - begun) * 1000))
    expect("http://%s/" % paper.site in paper.log() and paper.desk in paper.log(), "both addresses are said")
    for path, want in (("/health", '{"status":"ok"}\n'), ("/me", '{"signed_in":false}\n')):
        answer = paper.get(path)
        expect(answer.status == 200 and answer.text == want, path, answer.text)
        expect(answer.headers["cache-control"] == "no-store", path, answer.headers)
    has_lease(paper)
    health = paper.ask_desk("GET", "/health").json
    expect(health["status"] == "ok" and {state["role"] for state in health["roles"]} == {"supervisor", "edge", "desk"},
           health)
    expect(health["disk_free"] > 0 and len(health["edges"]) == 1, health)
    expect(paper.ask_desk("POST", "/desk/api/flash").status == 404, "actions are not done over TCP")
    expect(paper.ask_desk("GET", "/desk/api/flash").status == 404, "nor read")
    edge = role_pid(paper, "edge")
    state = status_of(edge)
    expect(state["NoNewPrivs"] == "1" and state["Seccomp"] == "2", "the edge is not in its sandbox")
    for name in ("vault.db", "run/desk.sock"):
        mode = os.stat(os.path.join(paper.dir, name)).st_mode & 0o777
        expect(mode == 0o600, name, oct(mode))
    names = [line.split(" ")[0] for line in paper.ask_desk("GET", "/metrics").text.splitlines() if line[0] != "#"]
    expect(len(names) == len(set(names)) and all(name.startswith("haowai_") for name in names), names)
    desk = role_pid(paper, "desk")
    time.sleep(2.5)
    pss = {}
    for pid in (paper.process.pid, edge, desk):
        for line in open("/proc/%d/smaps_rollup" % pid):
            if line.startswith("Pss:"):
                pss[pid] = int(line.split()[1])
    print("  idle: supervisor %d KiB, edge %d KiB, desk %d KiB" % tuple(pss.values()))
    begun = time.monotonic()
    expect(paper.stop() == 0, "exit status")
    print("  stopped after %d ms" % ((time.monotonic() - begun) * 1000))
    expect(not is_alive(edge) and not is_alive(desk), "a role was left behind")
    paper.start()
    expect(paper.stop(signal.SIGINT) == 0, "exit status after Ctrl-C")


def a_second_start_is_refused(paper):
    paper.start()
    other = paper.haowai("run", "DIR", "--site", "127.0.0.1:%d" % free_port(), "--desk", "127.0.0.1:%d" % free_port())
    expect(other.exit == 1, other.exit)
    expect("open already" in other.err and str(paper.process.pid) in other.err, other.err)
    expect(paper.get("/").status == 200, "the first goes on")
    # another paper at the same address
    parent = paper.parent + "/other"
    expect(paper.haowai("init", parent).exit == 0, "init")
    other = paper.haowai("run", parent, "--site", paper.site, "--desk", "127.0.0.1:%d" % free_port())
    expect(other.exit == 1 and "another program listens" in other.err, other.err)
    # a long path to the sockets
    deep = os.path.join(paper.parent, "d" * 100, "e" * 60)
    os.makedirs(os.path.dirname(deep))
    expect(paper.haowai("init", deep).exit == 0, "init")
    with Paper(directory=deep) as far:
        far.start()
        done = far.haowai("flash", "add", "DIR", "遠處的快訊")
        expect(done.exit == 0, done.err)
        expect("遠處的快訊" in far.get("/").text, "flash")


def killed_roles_are_back(paper):
    paper.start("--no-log")
    story = paper.publish(title="殺不死的新聞")
    paths = ["/", story["url"], "/latest"]
    has_lease(paper)
    gaps = []
    with Load(paper, paths) as load:
        for _ in range(3):
            edge, failed = role_pid(paper, "edge"), load.failed
            begun, load.slowest = time.monotonic(), 0.0
            os.kill(edge, signal.SIGKILL)
            until(BACK + 8, lambda: edge != role_pid(paper, "edge"), "a new edge")
            client = Client(paper.site, keep=False)
            expect(client.get("/")[0] == 200, "home")
            time.sleep(0.3)
            gaps.append(load.slowest)
            expect(load.failed - failed <= 2 * len(load.threads), load.failed - failed, "requests were lost",
                   load.problems[-3:])
            expect(load.slowest < BACK, "a request waited", load.slowest)
            time.sleep(1)
    print("  edge killed: longest wait of a request %s ms (quiet machine: < 200), %d of %d lost" % (
        "/".join("%d" % (gap * 1000) for gap in gaps), load.failed, load.done))
    with Load(paper, paths) as load:
        for _ in range(3):
            desk, begun = role_pid(paper, "desk"), time.monotonic()
            os.kill(desk, signal.SIGKILL)
            until(BACK + 8, lambda: role_pid(paper, "desk") != desk, "a new desk")
            gaps[_] = time.monotonic() - begun
            expect(gaps[_] < BACK, "the desk was away for", gaps[_])
            begun = time.monotonic()
            paper.publish(title="第%d次" % _)
            print("  desk killed: back after %d ms, published %d ms later" % (
                gaps[_] * 1000, (time.monotonic() - begun) * 1000))
            expect("第%d次" % _ in page_text(paper, "/latest"), "not on the list")
            time.sleep(1)
    expect(load.failed == 0, load.failed, "requests failed while the desk was away", load.problems[:3])
    pids = [role_pid(paper, "edge"), role_pid(paper, "desk")]
    paper.stop(signal.SIGKILL)
    until(10, lambda: not any(is_alive(pid) for pid in pids), "the roles to end with their supervisor")
    paper.start()
    expect("第2次" in page_text(paper, "/latest"), "not there after the restart")


def page_text(paper, path):
    """A page without what breaks headlines between words."""
    answer = paper.get(path)
    expect(answer.status == 200, path, answer.status)
    return answer.text.replace("<wbr>", "").replace("\u200b", "")


def hands_over(paper):
    paper.start("--no-log")
    story = paper.publish(title="換手的新聞")
    paths = ["/", story["url"], "/latest"]
    has_lease(paper)
    for keep in (True, False):
        with Load(paper, paths, keep=keep) as load:
            for n in range(10):
                edge = role_pid(paper, "edge")
                os.kill(paper.process.pid, signal.SIGHUP)
                role_pid(paper, "edge", other_than=edge)
                paper.publish(title="換手第%d次" % n)
                expect("換手第%d次" % n in page_text(paper, "/latest"), "stale after a hand-over")
        print("  10 times SIGHUP, %s: %d requests, %d failed, longest %d ms" % (
            "connections kept" if keep else "a connection each", load.done, load.failed, load.slowest * 1000))
        expect(load.failed == 0, load.problems[:3])
    edge = role_pid(paper, "edge")
    for _ in range(20):
        os.kill(paper.process.pid, signal.SIGHUP)
    role_pid(paper, "edge", other_than=edge)
    time.sleep(1)
    expect(paper.get("/").status == 200, "after 20 at once")
    # a theme that cannot be used: the edge that works stays
    os.makedirs(os.path.join(paper.dir, "theme", "parts"))
    bad = os.path.join(paper.dir, "theme", "parts", "masthead.html")
    open(bad, "w").write("{{no_such_field}}")
    edge = role_pid(paper, "edge")
    os.kill(paper.process.pid, signal.SIGHUP)
    until(10, lambda: "no_such_field" in paper.log(), "the complaint")
    time.sleep(0.5)
    expect(role_pid(paper, "edge") == edge and paper.get("/").status == 200, "the old edge is gone")
    os.remove(bad)
    os.kill(paper.process.pid, signal.SIGHUP)
    role_pid(paper, "edge", other_than=edge)


def takes_a_new_program(paper):
    """SIGUSR2: the file it was started from, exchanged meanwhile."""
    program = os.path.join(paper.parent, "haowai")
    shutil.copy(BINARY, program)
    log = open(paper.log_path, "ab")
    paper.process = subprocess.Popen([program, "run", paper.dir, "--site", paper.site, "--desk", paper.desk, "--no-log"],
                                     stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    paper.wait_until_up()
    story = paper.publish(title="新程式")
    has_lease(paper)
    edge, desk = role_pid(paper, "edge"), role_pid(paper, "desk")
    shutil.copy(BINARY, program + ".new")
    os.rename(program + ".new", program)
    with Load(paper, ["/", story["url"]]) as load:
        os.kill(paper.process.pid, signal.SIGUSR2)
        new_edge, new_desk = role_pid(paper, "edge", edge), role_pid(paper, "desk", desk)
        until(40, lambda: not is_alive(edge) and not is_alive(desk), "the old roles to end")
        paper.publish(title="新程式之後")
        expect("新程式之後" in page_text(paper, "/latest"), "stale")
    expect(load.failed == 0, load.problems[:3])
    for pid in (new_edge, new_desk, paper.process.pid):
        expect(os.readlink("/proc/%d/exe" % pid) == program, "an old program is left")
    os.kill(role_pid(paper, "edge"), signal.SIGKILL)
    role_pid(paper, "edge", new_edge)
    expect(paper.stop() == 0, "exit status")


def new_at_the_next_request(paper):
    """Four clients hammer while an editor works: what is acknowledged is on every page that shows it, at once."""
    paper.start("--no-log")
    sections = paper.act("GET", "/desk/api/sections").json["sections"]
    first = paper.publish(title="零號新聞")
    pages = ["/", "/latest", "/section/" + sections[0]["slug"], first["url"]]
    has_lease(paper)
    acks = []
    with Load(paper, pages, threads=4) as load:
        for n in range(60):
            mark = "第%d號快訊" % n
            begun = time.monotonic()
            answer = paper.act("POST", "/desk/api/flash", {"text": mark})
            acks.append(time.monotonic() - begun)
            expect(answer.status == 201, answer.text)
            for path in pages:
                expect(mark in page_text(paper, path), path, "lacks", mark)
            expect(paper.act("DELETE", "/desk/api/flash/%d" % answer.json["id"]).status == 200, "removed")
            for path in pages:
                expect(mark not in page_text(paper, path), path, "still has", mark)
            if n % 6 == 0:
                story = paper.publish(title="新聞第%d則" % n)
                for path in ("/", "/latest", story["url"]):
                    expect("新聞第%d則" % n in page_text(paper, path), path, "lacks the story")
                withdrawn = paper.act("POST", "/desk/api/articles/%d/withdraw" % story["id"], {"reason": "試刊"})
                expect(withdrawn.status == 200, withdrawn.text)
                expect(paper.get(story["url"]).status == 410, "withdrawn")
                expect("新聞第%d則" % n not in page_text(paper, "/latest"), "withdrawn, but on the list")
    acks.sort()
    print("  acknowledged after p50 %.1f ms, p99 %.1f ms, under %d requests" % (
        acks[len(acks) // 2] * 1000, acks[-1] * 1000, load.done))
    expect(load.failed == 0, load.problems[:3])


def an_edge_without_a_desk_is_exact(paper):
    """Roles without a supervisor; the desk dies, a command writes in its place."""
    log = open(paper.log_path, "ab")

    def start(role):
        words = [BINARY, "run", paper.dir, "--role", role, "--site", paper.site, "--desk", paper.desk]
        return subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    desk, edge = start("desk"), start("edge")
    try:
        paper.process = edge
        paper.wait_until_up()
        story = paper.publish(title="沒有編輯台的報紙")
        has_lease(paper)
        for path in ("/", "/latest", story["url"]):
            paper.get(path)
        desk.kill()
        desk.wait()
        for n in range(5):
            begun = time.monotonic()
            done = paper.haowai("flash", "add", "DIR", "獨立快訊%d" % n)
            expect(done.exit == 0, done.err)
            if n == 0:
                print("  first command after the desk died: %d ms" % ((time.monotonic() - begun) * 1000))
            for path in ("/", "/latest", story["url"]):
                expect("獨立快訊%d" % n in page_text(paper, path), path, "is stale without a desk")
        desk = start("desk")
        role_pid(paper, "desk", other_than=0)
        has_lease(paper)
        paper.publish(title="編輯台回來了")
        expect("編輯台回來了" in page_text(paper, "/latest"), "stale with the new desk")
    finally:
        desk.kill()
        desk.wait()
        edge.terminate()
        edge.wait()
        paper.process = None


def a_sleeping_edge_is_not_waited_for(paper):
    paper.start("--no-log")
    story = paper.publish(title="舊標題")
    pages = ["/", "/latest", story["url"]]
    has_lease(paper)
    edge = role_pid(paper, "edge")
    for path in pages:
        expect("舊標題" in page_text(paper, path), path)
    waits = []
    for n in range(3):
        kept = [Client(paper.site) for _ in range(6)]
        for client in kept:
            client.get("/health")
        os.kill(edge, signal.SIGSTOP)
        begun = time.monotonic()
        mark = "新標題%d" % n
        answer = paper.act("PUT", "/desk/api/articles/%d" % story["id"], {"title": mark})
        waits.append(time.monotonic() - begun)
        expect(answer.status == 200, answer.text)
        expect(waits[-1] < LEASE + 1, "acknowledged only after", waits[-1])
        begun = time.monotonic()
        expect(paper.act("POST", "/desk/api/flash", {"text": "睡著%d" % n}).status == 201, "flash")
        expect(time.monotonic() - begun < 1, "waited again for an edge known to sleep")
        # requests that were sent after the answer are in its sockets when it wakes
        for client, path in zip(kept, pages + pages):
            client.connection.request("GET", path)
        os.kill(edge, signal.SIGCONT)
        for client, path in zip(kept, pages + pages):
            text = client.connection.getresponse().read().decode().replace("<wbr>", "")
            expect(mark in text, path, "is stale after the edge woke")
            expect("睡著%d" % n in text, path, "lacks the flash item after the edge woke")
            client.close()
        for path in pages:
            expect(mark in page_text(paper, path), path, "is stale")
        has_lease(paper)
        for path in pages:
            expect(mark in page_text(paper, path), path, "is stale with the new lease")
    print("  acknowledged after %s ms beside a sleeping edge (lease: 2000)" % "/".join("%d" % (w * 1000) for w in waits))
    expect(role_pid(paper, "edge") == edge, "the edge was exchanged")


def a_sleeping_desk_harms_nobody(paper):
    paper.start("--no-log")
    story = paper.publish(title="編輯台打瞌睡")
    has_lease(paper)
    desk = role_pid(paper, "desk")
    os.kill(desk, signal.SIGSTOP)
    try:
        with Load(paper, ["/", story["url"]]) as load:
            time.sleep(LEASE + 1)
        expect(load.failed == 0, load.problems[:3])
    finally:
        os.kill(desk, signal.SIGCONT)
    has_lease(paper)
    paper.publish(title="醒來之後")
    expect("醒來之後" in page_text(paper, "/latest"), "stale")


def in_future(milliseconds):
    """A moment (RFC 3339, UTC) so far from now, and itself in seconds since 1970."""
    at = int(time.time() * 1000) + milliseconds
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at // 1000)) + ".%03dZ" % (at % 1000), at / 1000


def scheduled_stories_are_on_time(paper):
    paper.start("--no-log")
    paper.publish(title="先有一則")
    has_lease(paper)
    late = []
    for n in range(4):
        moment, due = in_future(1200 + 333 * n)
        title = "預定第%d則" % n
        story = paper.publish(title=title, published=moment)
        expect(paper.get(story["url"]).status == 404, "a scheduled story can be read")
        while True:
            begun = time.time()
            found = title in page_text(paper, "/latest")
            if found:
                break
            expect(begun < due + 2, title, "does not come")
            time.sleep(0.005)
        expect(time.time() >= due, title, "came early")
        expect(paper.get(story["url"]).status == 200, "it is on the list and cannot be read")
        late.append(time.time() - due)
    print("  scheduled stories came %s ms after their moment" % "/".join("%d" % (t * 1000) for t in late))
    expect(max(late) < 1.2, "late", late)


def timers_outlive_the_desk(paper):
    paper.start()
    story = paper.publish(title="死後才到期", published=in_future(1500)[0])
    flash = paper.act("POST", "/desk/api/flash", {"text": "很快就過期", "until": in_future(2500)[0]})
    expect(flash.status == 201, flash.text)
    expect("很快就過期" in paper.get("/").text, "flash")
    pids = [role_pid(paper, "edge"), role_pid(paper, "desk")]
    paper.disconnect()
    paper.process.kill()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    paper.process.wait()
    paper.process = None
    time.sleep(3)
    paper.start()
    until(2, lambda: paper.get(story["url"]).status == 200, "the story that was due meanwhile")
    until(2, lambda: "很快就過期" not in paper.get("/").text, "the end of the flash item")
    checked = paper.haowai("check", "DIR")
    expect(checked.exit == 0, "check:", checked.out, checked.err)


def clock_steps(paper):
    """The system's clock is set while the desk runs."""
    if not os.path.exists(FAKETIME) or SANITIZED:
        print("  no libfaketime here: left out")
        return
    clock = os.path.join(paper.parent, "clock")

    def set_clock(seconds):
        with open(clock + ".new", "w") as out:
            out.write("%+d" % seconds)
        os.rename(clock + ".new", clock)

    set_clock(0)
    paper.start("--no-log", environment={"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": clock,
                                         "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                                         "DONT_FAKE_MONOTONIC": "1"})
    paper.publish(title="現在")
    story = paper.publish(title="一小時後", published=in_future(3600 * 1000)[0])
    expect(paper.get(story["url"]).status == 404, "early")
    set_clock(-86400)
    time.sleep(2)
    expect(paper.get(story["url"]).status == 404, "early after the clock was set back")
    set_clock(3590)
    time.sleep(2)
    expect(paper.get(story["url"]).status == 404, "early, ten seconds before")
    set_clock(3605)
    until(3, lambda: paper.get(story["url"]).status == 200, "the story, after the clock was set forward")
    expect("clock_stepped" in paper.log(), "the step is not in the log")


def done_once(paper):
    paper.start()
    body = {"title": "只有一次", "body": "內文。"}
    first = paper.act("POST", "/desk/api/articles", body, key="key-7")
    again = paper.act("POST", "/desk/api/articles", body, key="key-7")
    expect(first.status == 201 and again.status == 201 and first.raw == again.raw, again.text)
    desk = role_pid(paper, "desk")
    os.kill(desk, signal.SIGKILL)
    role_pid(paper, "desk", desk)
    again = paper.act("POST", "/desk/api/articles", body, key="key-7")
    expect(again.status == 201 and first.raw == again.raw, "after a new start:", again.text)
    other = paper.act("POST", "/desk/api/articles", {"title": "別的", "body": "內文。"}, key="key-7")
    expect(other.status == 422, other.status)
    articles = paper.act("GET", "/desk/api/articles").json["articles"]
    expect(len(articles) == 1, len(articles))
    expect(paper.act("GET", "/desk/api/nothing").status == 404, "unknown address")
    expect(paper.act("DELETE", "/desk/api/articles").status == 405, "unknown method")


BROKEN_DISK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
/* The next sync after the file FAIL_FILE appeared fails, once. */
static int fails(void)
{
    return unlink(getenv("FAIL_FILE")) == 0;
}
int fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return fails() ? (errno = EIO, -1) : real(fd);
}
int fdatasync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return fails() ? (errno = EIO, -1) : real(fd);
}
"""


def unknown_outcomes_are_told(paper):
    """The disk fails in the middle of a commit: nobody knows, and that is what the answer says."""
    if paper.engine != "sqlite" or SANITIZED:
        return  # the server's disk is the server's affair
    library, trigger = os.path.join(paper.parent, "fail.so"), os.path.join(paper.parent, "fail-now")
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-o", library, "-"], input=BROKEN_DISK.encode(), check=True)
    paper.start("--no-log", environment={"LD_PRELOAD": library, "FAIL_FILE": trigger})
    paper.publish(title="磁碟好的時候")
    has_lease(paper)
    settled = 0
    for n in range(4):
        desk = role_pid(paper, "desk")
        body = {"title": "磁碟壞的時候%d" % n, "body": "內文。"}
        open(trigger, "w").close()
        answer = paper.act("POST", "/desk/api/articles", body, key="disk-%d" % n)
        expect(not os.path.exists(trigger), "nothing was synced")
        expect(answer.status == 500 and "unknown" in answer.json["error"]["message"], answer.status, answer.text)
        role_pid(paper, "desk", other_than=desk)
        there = "磁碟壞的時候%d" % n in page_text(paper, "/latest")
        settled += there
        again = paper.act("POST", "/desk/api/articles", body, key="disk-%d" % n)
        expect(again.status == 201, again.text)
        expect("磁碟壞的時候%d" % n in page_text(paper, "/latest"), "asked again, and not there")
        titles = [row["title"] for row in paper.act("GET", "/desk/api/articles").json["articles"]]
        expect(titles.count("磁碟壞的時候%d" % n) == 1, titles)
    print("  of 4 unknown outcomes %d had been done" % settled)
    expect(paper.haowai("check", "DIR").exit == 0, "check")


def certificates_are_exchanged(paper):
    """TLS, with a new certificate after SIGHUP; connections of before stay what they are."""

    def make(name):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=" + name, "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)

    def subject():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(tuple(paper.site.split(":"))) as plain:
            with context.wrap_socket(plain) as link:
                return link.getpeercert(binary_form=True)

    key, certificate = os.path.join(paper.dir, "key.pem"), os.path.join(paper.dir, "certificate.pem")
    make("first.example")
    conf = os.path.join(paper.dir, "haowai.conf")
    kept = [line for line in open(conf) if not line.startswith(("certificate", "private_key"))]
    open(conf, "w").write("".join(kept) + "certificate = %s\nprivate_key = %s\n" % (certificate, key))
    paper.start(wait=False)
    until(15, lambda: "https://" + paper.site in paper.log(), "the announcement")
    first = subject()
    expect(b"first.example" in first, "not our certificate")
    edge = role_pid(paper, "edge")
    make("second.example")
    os.kill(paper.process.pid, signal.SIGHUP)
    role_pid(paper, "edge", other_than=edge)
    expect(b"second.example" in subject(), "the old certificate")
    open(certificate, "w").write("nonsense")
    edge = role_pid(paper, "edge")
    os.kill(paper.process.pid, signal.SIGHUP)
    until(10, lambda: paper.log().count("haowai: edge: ") > 0, "the complaint")
    time.sleep(0.3)
    expect(role_pid(paper, "edge") == edge and b"second.example" in subject(), "a bad certificate closed the site")


def one_desk_for_a_database(paper):
    """Two directories on two machines, one PostgreSQL database: the second desk is refused."""
    if paper.engine != "pgsql":
        return
    paper.start()
    other = paper.dir + "-other"
    shutil.copytree(paper.dir, other, ignore=shutil.ignore_patterns("run"))
    done = paper.haowai("run", other, "--site", "127.0.0.1:%d" % free_port(), "--desk", "127.0.0.1:%d" % free_port())
    expect(done.exit == 1 and "another desk" in done.err, done.exit, done.err[-500:])
    done = paper.haowai("flash", "add", other, "從別的機器")
    expect(done.exit == 1 and "another desk" in done.err, done.exit, done.err)
    # an edge of the other machine has no channel, and is exact all the same
    log = open(paper.log_path, "ab")
    site = "127.0.0.1:%d" % free_port()
    edge = subprocess.Popen([BINARY, "run", other, "--role", "edge", "--site", site], stdout=log, stderr=log)
    try:
        client = Client(site)
        until(10, lambda: answers(client), "the other edge")
        for n in range(10):
            paper.publish(title="兩台機器%d" % n)
            expect("兩台機器%d" % n in client.get("/latest")[1].replace("<wbr>", ""), "stale on the other machine")
    finally:
        edge.terminate()
        edge.wait()


def answers(client):
    try:
        return client.get("/health")[0] == 200
    except OSError:
        return False


def views_make_hot_lists(paper):
    paper.start("--no-log")
    stories = [paper.publish(title="熱門候選%d號" % n) for n in range(3)]
    has_lease(paper)
    for n, story in enumerate(stories):
        for _ in range(5 * (n + 1)):
            paper.get(story["url"])
    for _ in range(100):
        paper.get(stories[0]["url"], {"User-Agent": "Examplebot/1.0 (+http://example.org)"})
        paper.get(stories[0]["url"], {"Sec-Purpose": "prefetch;prerender"})
    paper.ask("HEAD", stories[0]["url"])
    until(5, lambda: paper.metrics()["haowai_views_merged_total"] == 30, "30 views, not those of robots",
          paper.metrics()["haowai_views_merged_total"])

    def order():
        text = page_text(paper, "/hot")
        places = [text.find("熱門候選%d號" % n) for n in (2, 1, 0)]
        return min(places) >= 0 and places == sorted(places)

    until(10, order, "the hot list in the order of views")
    # views are not lost when the paper closes
    for _ in range(7):
        paper.get(stories[0]["url"])
    paper.stop()
    paper.start()
    expect(paper.haowai("stats", "DIR", "--json").json["views"] == 37, "views were lost at the end")


def bad_papers_say_so(paper):
    done = paper.haowai("run", paper.parent, plain=True)
    expect(done.exit == 1 and done.err.strip(), "no paper:", done.err)
    os.makedirs(os.path.join(paper.dir, "theme", "parts"))
    open(os.path.join(paper.dir, "theme", "parts", "masthead.html"), "w").write("{{no_such_field}}")
    done = paper.haowai("run", "DIR", "--site", paper.site, "--desk", paper.desk)
    expect(done.exit == 1 and "no_such_field" in done.err, done.err)
    shutil.rmtree(os.path.join(paper.dir, "theme"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = "127.0.0.1:%d" % taken.getsockname()[1]
        done = paper.haowai("run", "DIR", "--site", busy, "--desk", paper.desk)
        expect(done.exit == 1 and busy in done.err, done.err)
    done = paper.haowai("run", "DIR", "--site", "nonsense", "--desk", paper.desk)
    expect(done.exit == 1 and "nonsense" in done.err, done.err)
    paper.start()
    expect(paper.get("/").status == 200, "and now it runs")


def logs_requests(paper):
    paper.start()
    paper.get("/?q=%0A%3Cscript%3E", {"User-Agent": 'quote" \\', "Referer": "https://example.org/a b"})
    until(4, lambda: "script" in paper.log(), "a line")
    line = [line for line in paper.log().splitlines() if "event=request" in line and "script" in line][0]
    expect("client=127.0.0.0" in line and 'agent="quote\\" \\\\"' in line, line)
    paper.stop()
    os.remove(paper.log_path)
    paper.start("--no-log")
    paper.get("/")
    time.sleep(1.5)
    expect("event=request" not in paper.log(), "--no-log")


TESTS = [starts_and_stops, a_second_start_is_refused, bad_papers_say_so, logs_requests, done_once,
         new_at_the_next_request, killed_roles_are_back, hands_over, takes_a_new_program,
         an_edge_without_a_desk_is_exact, a_sleeping_edge_is_not_waited_for, a_sleeping_desk_harms_nobody,
         scheduled_stories_are_on_time, timers_outlive_the_desk, clock_steps, views_make_hot_lists,
         unknown_outcomes_are_told, certificates_are_exchanged, one_desk_for_a_database]


def main():
    engine = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    wanted = sys.argv[2:]
    passed = failed = 0
    for test in TESTS:
        if wanted and test.__name__ not in wanted:
            continue
        print("%s (%s)" % (test.__name__, engine), flush=True)
        with Paper(engine=engine) as paper:
            try:
                test(paper)
                for word in ("Sanitizer", "runtime error", "bug:"):
                    expect(word not in paper.log(), "a role died of", word)
                passed += 1
            except Exception as problem:  # noqa: BLE001 - whatever it is, the test failed
                failed += 1
                kind = "" if isinstance(problem, Wrong) else type(problem).__name__ + ": "
                print("FAILED %s: %s%s\n%s" % (test.__name__, kind, problem, paper.log()[-2500:]), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
