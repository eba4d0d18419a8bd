#!/usr/bin/env python3
"""bench.py [NAME ...] - figures of Haowai, ratios against nginx beside it; see ROWS at the end for the names.

Everything runs on loopback. Rounds alternate between the peers and the median counts; CPU per request (all of a
server's processes) is the figure to trust on a machine that is not quiet. The archive is made from the corpora of
../shared/data when they are there (BENCH_DATA names another folder), else from the demo paper's own stories.

    BENCH_STORIES=100000   size of the archive       BENCH_ROUNDS=5   rounds per figure       BENCH_SECONDS=4   of each
"""
import glob
import gzip
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from paper import BINARY, Paper, ROOT, free_port  # noqa: E402

STORIES = int(os.environ.get("BENCH_STORIES", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))
DATA = os.environ.get("BENCH_DATA", os.path.join(ROOT, "..", "shared", "data", "articles"))
WORK = os.path.join(ROOT, "build", "bench")
CONNECTIONS = 64


def say(*words):
    print(*words, flush=True)


def row(what, figure, target, met=None):
    say("| %s | %s | %s | %s |" % (what, figure, target, {True: "met", False: "missed", None: ""}[met]))


# --- processes ---------------------------------------------------------------------

def children_of(pid):
    pids = [pid]
    for one in pids:
        for task in glob.glob("/proc/%d/task/*/children" % one):
            pids += [int(word) for word in open(task).read().split()]
    return pids


def cpu_us(pids):
    """User and system time of the processes so far, in microseconds."""
    total = 0
    for pid in pids:
        try:
            fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total * 1e6 / os.sysconf("SC_CLK_TCK")


def memory_kib(pid, what):
    for line in open("/proc/%d/smaps_rollup" % pid):
        if line.startswith(what + ":"):
            return int(line.split()[1])
    return 0


# --- load ---------------------------------------------------------------------------

def milliseconds(text):
    value, unit = re.match(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def wrk(url, pids, seconds=SECONDS, connections=CONNECTIONS, paths=None):
    """One round: requests a second, p50 and p99 in ms, CPU microseconds per request, errors."""
    words = ["wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "--latency", "-H", "Accept-Encoding: gzip"]
    if paths:
        words += ["-s", os.path.join(ROOT, "tests", "random.lua"), url, "--", paths]
    else:
        words += [url]
    before = cpu_us(pids)
    out = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    spent = cpu_us(pids) - before
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {"rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "p50": milliseconds(re.search(r"(?m)^\s+50%\s+(\S+)", out).group(1)),
            "p99": milliseconds(re.search(r"(?m)^\s+99%\s+(\S+)", out).group(1)),
            "cpu": spent / max(requests, 1), "errors": int(errors.group(1)) if errors else 0}


def medians(rounds):
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


class Nginx:
    """Debian's nginx as the peer: the same bytes from a file, gzip_static and open_file_cache on."""

    def __init__(self, packed):
        self.dir = os.path.join(WORK, "nginx")
        os.makedirs(os.path.join(self.dir, "html"), exist_ok=True)
        with open(os.path.join(self.dir, "html", "article.html.gz"), "wb") as out:
            out.write(packed)
        with open(os.path.join(self.dir, "html", "article.html"), "wb") as out:
            out.write(gzip.decompress(packed))
        os.chmod(WORK, 0o755)
        self.port = free_port()
        conf = os.path.join(self.dir, "nginx.conf")
        with open(conf, "w") as out:
            out.write("""worker_processes %d; pid %s/pid; error_log %s/error.log;
events { worker_connections 20000; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; keepalive_timeout 60;
 default_type text/html; gzip_static on; gzip_vary on; open_file_cache max=1000 inactive=1h; open_file_cache_valid 1h;
 client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;
 server { listen 127.0.0.1:%d reuseport; root %s/html; } }
""" % (os.cpu_count(), self.dir, self.dir, *[self.dir] * 5, self.port, self.dir))
        self.process = subprocess.Popen(["nginx", "-p", self.dir, "-c", conf, "-g", "daemon off; user root;"],
                                        stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        self.url = "http://127.0.0.1:%d/article.html" % self.port

    def pids(self):
        return children_of(self.process.pid)

    def stop(self):
        self.process.terminate()
        self.process.wait()


# --- archives -------------------------------------------------------------------------

def corpus_stories():
    """Full-text stories, over and over, with new ids."""
    files = sorted(glob.glob(os.path.join(DATA, "*.jsonl.zst")))
    files = [file for file in files if not os.path.basename(file).startswith("titles-")]
    round_number = 0
    while True:
        for file in files:
            source = subprocess.Popen(["zstdcat", "--long=27", file], stdout=subprocess.PIPE)
            for line in source.stdout:
                story = json.loads(line)
                if story.get("body") and len(story["body"]) > 100:
                    if round_number:
                        story["id"] = "%s-%d" % (story["id"], round_number)
                        story["title"] = "%s（%d）" % (story["title"], round_number)
                        story["url"] = None
                    yield json.dumps(story, ensure_ascii=False)
            source.wait()
        if not files:
            yield from demo_stories(round_number)
        round_number += 1


def demo_stories(round_number):
    for file in sorted(glob.glob(os.path.join(ROOT, "demo", "content", "stories", "*.json"))):
        for i, story in enumerate(json.load(open(file, encoding="utf-8"))):
            body = story["body"] if isinstance(story["body"], str) else json.dumps(story["body"], ensure_ascii=False)
            day = random.Random(round_number * 100 + i).randrange(1, 29)
            yield json.dumps({"id": "%s-%d" % (story["ref"], round_number), "title": "%s（%d）" % (story["title"], round_number),
                              "body": body, "published": "2024-%02d-%02d 10:00" % (round_number % 12 + 1, day),
                              "section": os.path.basename(file)[:-5], "tags": story.get("keywords", []), "author": None,
                              "source": "demo", "url": None, "lang": "zh-Hant"}, ensure_ascii=False)


def archive_file(count):
    path = os.path.join(WORK, "archive-%d.jsonl" % count)
    if not os.path.exists(path):
        os.makedirs(WORK, exist_ok=True)
        stories = corpus_stories()
        with open(path + ".part", "w", encoding="utf-8") as out:
            for _ in range(count):
                out.write(next(stories) + "\n")
        os.rename(path + ".part", path)
    return path


def timed_import(directory, path):
    """Seconds, stories a second, peak memory in MiB."""
    shutil.rmtree(directory, ignore_errors=True)
    subprocess.run([BINARY, "init", directory], check=True, capture_output=True)
    begun = time.monotonic()
    process = subprocess.Popen([BINARY, "import", directory, path, "--format", "jsonl", "--json"], stdout=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        try:
            status = open("/proc/%d/status" % process.pid).read()
            peak = max(peak, int(re.search(r"VmHWM:\s+(\d+)", status).group(1)))
        except (OSError, AttributeError):
            pass
        time.sleep(0.1)
    seconds = time.monotonic() - begun
    count = sum(1 for _ in open(path, "rb"))
    return seconds, count / seconds, peak / 1024


def archive(count):
    """A paper with that many stories; made once and kept."""
    directory = os.path.join(WORK, "paper-%d" % count)
    if not os.path.exists(os.path.join(directory, "complete")):
        timed_import(directory, archive_file(count))
        open(os.path.join(directory, "complete"), "w").close()
    return directory


def set_cache(directory, mebibytes):
    path = os.path.join(directory, "haowai.conf")
    text = open(path, encoding="utf-8").read()
    with open(path, "w", encoding="utf-8") as out:
        out.write(re.sub(r"(?m)^page_cache_mib = .*$", "page_cache_mib = %d" % mebibytes, text))


class Served:
    """A paper of the bench, running."""

    def __init__(self, directory, cache=256):
        if cache is not None:
            set_cache(directory, cache)
        self.paper = Paper(directory=directory)
        self.paper.log_path = os.path.join(WORK, "log")
        begun = time.monotonic()
        self.paper.start("--no-log")
        self.start_seconds = time.monotonic() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.paper.stop()

    @property
    def url(self):
        return "http://" + self.paper.site

    def pids(self):
        return [self.paper.roles()["edge"]]

    def story_paths(self):
        """Every story's path, from the site maps."""
        found = []
        index = self.paper.get("/sitemap.xml").text
        for address in re.findall(r"<loc>https?://[^/<]+(/sitemap/\d+\.xml)</loc>", index):
            found += re.findall(r"<loc>https?://[^/<]+(/news/[^<]+)</loc>", self.paper.get(address).text)
        return found

    def paths_file(self):
        path = os.path.join(WORK, "paths")
        paths = self.story_paths()
        with open(path, "w") as out:
            out.write("\n".join(paths) + "\n")
        return path, paths


def demo_paper():
    directory = os.path.join(WORK, "demo")
    if not os.path.exists(os.path.join(directory, "haowai.conf")):
        os.makedirs(WORK, exist_ok=True)
        subprocess.run([BINARY, "init", directory, "--demo"], check=True, capture_output=True)
    return directory


# --- figures ------------------------------------------------------------------------------

def bench_weight():
    with Served(demo_paper()) as served:
        path = served.story_paths()[0]
        page = served.paper.get(path, {"Accept-Encoding": "gzip"})
        text = gzip.decompress(page.raw).decode()
        sizes = {kind: sum(len(served.paper.get(asset, {"Accept-Encoding": "gzip"}).raw)
                           for asset in re.findall(r'(?:href|src)="(/assets/[^"]+\.%s)"' % kind, text)) for kind in ("css", "js")}
        third = [link for link in re.findall(r'(?:src|href)="(https?://[^"]+)"', re.sub(r"(?s)<a .*?</a>", "", text))
                 if served.paper.site not in link]
        row("article page on the wire", "HTML %.1f kB gz, CSS %.1f, JS %.1f, third-party %d" %
            (len(page.raw) / 1000, sizes["css"] / 1000, sizes["js"] / 1000, len(third)), "12 / 8 / 4 kB, 0",
            len(page.raw) <= 12000 and sizes["css"] <= 8000 and sizes["js"] <= 4000 and not third)


def bench_hot():
    with Served(demo_paper()) as served:
        path = served.story_paths()[0]
        nginx = Nginx(served.paper.get(path, {"Accept-Encoding": "gzip"}).raw)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(wrk(served.url + path, served.pids()))
            theirs.append(wrk(nginx.url, nginx.pids()))
        nginx.stop()
        ours, theirs = medians(ours), medians(theirs)
        cpu, rps = ours["cpu"] / theirs["cpu"], ours["rps"] / theirs["rps"]
        row("hot article: CPU per request against nginx", "%.1f us / %.1f us = %.2fx; requests/s %.0f / %.0f = %.2fx" %
            (ours["cpu"], theirs["cpu"], cpu, ours["rps"], theirs["rps"], rps), "<= 0.85x, >= 1.1x", cpu <= 0.85 and rps >= 1.1)


def random_rounds(served, paths_file):
    return medians([wrk(served.url, served.pids(), paths=paths_file) for _ in range(ROUNDS)])


def bench_random():
    directory = archive(STORIES)
    with Served(directory, cache=64) as served:
        path, _ = served.paths_file()
        small = random_rounds(served, path)
        row("random of %d stories, 64 MiB cache" % STORIES, "%.0f us CPU, p99 %.1f ms" % (small["cpu"], small["p99"]),
            "<= 150 us, p99 <= 3 ms", small["cpu"] <= 150 and small["p99"] <= 3)
    with Served(directory, cache=8192) as served:
        path, paths = served.paths_file()
        for one in paths:
            served.paper.get(one, {"Accept-Encoding": "gzip"})
        warm, hot = [], []
        for _ in range(ROUNDS):
            warm.append(wrk(served.url, served.pids(), paths=path))
            hot.append(wrk(served.url + paths[0], served.pids()))
        ratio = medians(warm)["cpu"] / medians(hot)["cpu"]
        row("the same, archive in cache, against the hot article", "%.1f us / %.1f us = %.2fx" %
            (medians(warm)["cpu"], medians(hot)["cpu"], ratio), "<= 1.2x", ratio <= 1.2)
        bench_flash(served, paths)
    return small


def bench_flash(served, paths):
    """One flash item on all these pages, which are in the cache."""
    def rendered():
        return sum(value for name, value in served.paper.metrics().items() if "parts_rendered" in name)

    sample = random.Random(1).sample(paths, min(2000, len(paths)))
    before = rendered()
    slowest = [0]
    stop = threading.Event()

    def read():
        reader = Paper(directory=served.paper.dir)
        reader.site = served.paper.site
        while not stop.is_set():
            begun = time.perf_counter()
            reader.get(random.choice(sample), {"Accept-Encoding": "gzip"})
            slowest[0] = max(slowest[0], time.perf_counter() - begun)

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(1)
    slowest[0] = 0
    item = served.paper.act("POST", "/desk/api/flash", {"text": "測量用快訊"}).json["id"]
    time.sleep(3)
    stop.set()
    thread.join()
    missing = sum("測量用快訊" not in served.paper.get(one).text for one in sample)
    parts = rendered() - before
    served.paper.act("DELETE", "/desk/api/flash/%d" % item)
    row("one flash item on %d cached pages" % len(paths), "%d parts rendered, slowest request %.1f ms, pages without it %d" %
        (parts, slowest[0] * 1000, missing), "distinct parts, <= 5 ms, 0", parts <= 4 and slowest[0] <= 0.005 and not missing)


def bench_million():
    count = int(os.environ.get("BENCH_MILLION", "1000000"))
    small = random_cost(archive(STORIES))
    directory = archive(count)
    with Served(directory, cache=64) as served:
        begun = time.monotonic()
        served.paper.stop()
        served.paper.start("--no-log")
        start = time.monotonic() - begun
        idle = sum(memory_kib(pid, "Pss") for pid in children_of(served.paper.process.pid)) / 1024
        path, _ = served.paths_file()
        large = random_rounds(served, path)["cpu"]
    row("random of %d stories against %d" % (count, STORIES), "%.0f us / %.0f us = %.2fx" % (large, small, large / small),
        "<= 1.15x", large / small <= 1.15)
    row("start and idle memory at %d" % count, "%.2f s, %.0f MiB PSS" % (start, idle), "<= 0.3 s, <= 40 MiB",
        start <= 0.3 and idle <= 40)


def random_cost(directory):
    with Served(directory, cache=64) as served:
        path, _ = served.paths_file()
        return random_rounds(served, path)["cpu"]


def bench_publish():
    with Served(archive(STORIES), cache=256) as served:
        load = subprocess.Popen(["h2load", "--h1", "-c", "50", "-D", "30", "--rps=100", "-H", "Accept-Encoding: gzip",
                                 served.url + "/"], stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        taken, stale = [], 0
        for i in range(200):
            begun = time.perf_counter()
            story = served.paper.publish(title="測量第%d則" % i, body="內文。")
            taken.append((time.perf_counter() - begun) * 1000)
            stale += "測量第%d則" % i not in served.paper.get("/").text.replace("<wbr>", "")
            served.paper.act("POST", "/desk/api/articles/%d/withdraw" % story["id"], {"reason": "測量"})
        out = load.communicate()[0]
        taken.sort()
        p99 = taken[int(len(taken) * 0.99)]
        done = re.search(r"([\d.]+) req/s", out)
        row("publish acknowledged under %s requests/s" % (done.group(1) if done else "?"),
            "p50 %.1f ms, p99 %.1f ms, stale next pages %d of 200" % (taken[100], p99, stale), "p99 <= 20 ms, 0",
            p99 <= 20 and not stale)


def bench_import():
    path = archive_file(STORIES)
    seconds, rate, peak = timed_import(os.path.join(WORK, "import"), path)
    row("import of %d full-text stories" % STORIES, "%.1f s, %.0f stories/s, %.0f MiB" % (seconds, rate, peak),
        ">= 8,000/s, <= 100 MiB", rate >= 8000 and peak <= 100)


def bench_idle():
    with Served(demo_paper()) as served:
        edge = served.pids()[0]
        served.paper.get("/")
        before = memory_kib(edge, "Pss")
        host, port = served.paper.site.split(":")
        held = []
        for i in range(10000):
            one = socket.create_connection((host, int(port)))
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" if i % 2 else b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            held.append(one)
        time.sleep(2)
        taken, bad = [], 0
        for _ in range(300):
            begun = time.perf_counter()
            served.paper.disconnect()
            bad += served.paper.get("/").status != 200
            taken.append((time.perf_counter() - begun) * 1000)
        after = memory_kib(edge, "Pss")
        taken.sort()
        each = (after - before) / len(held)
        row("10,000 idle and slow connections", "%.1f KiB each, %d of 300 requests failed, p99 %.1f ms" %
            (each, bad, taken[297]), "<= 8 KiB, 0, <= 20 ms", each <= 8 and not bad and taken[297] <= 20)
        for one in held:
            one.close()


ROWS = {"weight": bench_weight, "hot": bench_hot, "random": bench_random, "publish": bench_publish, "import": bench_import,
        "idle": bench_idle, "million": bench_million}


def main():
    names = sys.argv[1:] or [name for name in ROWS if name != "million"]
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        say("bench.py: there is no row %s; there are %s" % (unknown[0], ", ".join(ROWS)))
        return 2
    say("%d cores, %d rounds of %d s, medians" % (os.cpu_count(), ROUNDS, SECONDS))
    say("| what | figure | target | |\n|---|---|---|---|")
    for name in names:
        ROWS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
