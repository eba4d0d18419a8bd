#!/usr/bin/env python3
"""crawl.py BASE_URL [MOST] - follows every link of a running site; the last line is "N passed, N failed".

Starts at the home page, feeds and site maps, follows each link, picture, script and redirect of the same site (at most
MOST addresses, 0: all), and fails on every answer that is not 200, 301 or 304, on a page without a title, and on an
address that leads away from the site without being a link.
"""
import collections
import html
import http.client
import re
import sys
import urllib.parse

LINK = re.compile(r'(?:href|src|action|poster)="([^"]*)"|srcset="([^"]*)"|<loc>([^<]*)</loc>|<link>([^<]*)</link>')
BEGIN = ["/", "/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt",
         "/manifest.webmanifest", "/sitemap", "/latest", "/hot", "/flash", "/video", "/topics"]


def links_of(text):
    for href, srcset, loc, link in LINK.findall(text):
        if srcset:
            for candidate in srcset.split(","):
                yield html.unescape(candidate.split()[0])
        else:
            yield html.unescape(href or loc or link).strip()


class Crawl:
    def __init__(self, base, most):
        self.host = urllib.parse.urlsplit(base).netloc
        self.most = most
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.seen = {}
        self.links = set()  # as they were written: most of a page's links stand on every page
        self.queue = collections.deque()
        self.failed = 0
        self.kinds = collections.Counter()

    def add(self, address, source):
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc not in (self.host, self.public)):
            return
        target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if target not in self.seen and (not self.most or len(self.seen) < self.most):
            self.seen[target] = source
            self.queue.append(target)

    def get(self, target):
        for attempt in (1, 2):
            try:
                self.connection.request("GET", target)
                response = self.connection.getresponse()
                return response.status, response.getheader("Content-Type", ""), response.getheader("Location"), response.read()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                if attempt == 2:
                    raise

    def fail(self, target, sentence):
        self.failed += 1
        if self.failed <= 40:
            print("FAILED %s: %s (linked from %s)" % (target, sentence, self.seen[target]), flush=True)

    def visit(self, target):
        status, kind, location, body = self.get(target)
        self.kinds[status] += 1
        if status == 301 and location:
            self.add(location, target)
            return
        if status != 200:
            self.fail(target, "status %d" % status)
            return
        if not re.match(r"text/html|application/(rss|atom|xml|manifest)", kind):
            return
        text = body.decode("utf-8", "replace")
        if kind.startswith("text/html") and not re.search(r"<title>[^<]+</title>", text):
            self.fail(target, "has no title")
        for link in links_of(text):
            if not link or link.startswith("#") or link in self.links:
                continue
            if link.startswith(("/", "http")):
                self.links.add(link)
            self.add(urllib.parse.urljoin("http://%s%s" % (self.host, target), link), target)

    def run(self):
        _, _, _, robots = self.get("/robots.txt")
        found = re.search(r"Sitemap: https?://([^/\s]+)", robots.decode())
        self.public = found.group(1) if found else self.host
        for target in BEGIN:
            self.add(target, "the beginning")
        while self.queue:
            self.visit(self.queue.popleft())
        print(" ".join("%d: %d" % pair for pair in sorted(self.kinds.items())))
        print("%d passed, %d failed" % (len(self.seen) - self.failed, self.failed))
        return self.failed > 0


if __name__ == "__main__":
    sys.exit(Crawl(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0).run())
