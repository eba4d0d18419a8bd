#!/usr/bin/env python3
"""feeds.py BASE_URL [PAPER] - feeds and site maps of a running site; the last line is "N passed, N failed".

Every feed there is (of the paper, its sections and people, of the keywords in the site map, at most KEYWORDS of them)
is well-formed and has what its format requires; every address in a feed or site map answers 200. With PAPER, the
directory of the paper, the site maps hold exactly the stories `haowai article list` calls published or corrected.
"""
import email.utils
import html
import http.client
import datetime
import json
import os
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("HAOWAI", os.path.join(ROOT, "build", "haowai"))
KEYWORDS = 30
NS = {"a": "http://www.w3.org/2005/Atom", "c": "http://purl.org/rss/1.0/modules/content/",
      "dc": "http://purl.org/dc/elements/1.1/", "m": "http://search.yahoo.com/mrss/",
      "s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9",
      "v": "http://www.google.com/schemas/sitemap-video/1.1"}
RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"


class Wrong(Exception):
    pass


def need(fact, text):
    if not fact:
        raise Wrong(text)


class Site:
    """One keep-alive connection; addresses of the site's own name are asked of BASE_URL."""

    def __init__(self, base):
        self.netloc = urllib.parse.urlsplit(base).netloc
        self.address = base
        self.connection = http.client.HTTPConnection(self.netloc, timeout=30)

    def get(self, target):
        for last in (False, True):
            try:
                self.connection.request("GET", target)
                answer = self.connection.getresponse()
                return answer.status, answer.headers.get_content_type(), answer.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                if last:
                    raise

    def path(self, address):
        """Of an absolute address on this site; "" for any other."""
        return address[len(self.address):] if address.startswith(self.address + "/") else ""

    def page(self, target, media_type):
        status, got, body = self.get(target)
        need(status == 200, "status %d" % status)
        need(got == media_type, "media type %s" % got)
        return body


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, function, *arguments):
        """Runs one check; what it returns, or None when it failed."""
        try:
            result = function(*arguments)
            self.passed += 1
            return result
        except (Wrong, xml.ParseError, ValueError, KeyError) as wrong:
            self.failed += 1
            print("FAILED %s: %s" % (name, wrong))
            return None


# --- what feeds must be -----------------------------------------------------------------

def mail_date(text):
    return email.utils.parsedate_to_datetime(text)


def iso_date(text):
    moment = datetime.datetime.fromisoformat(text)
    need(moment.tzinfo is not None, "a moment without zone: " + text)
    return moment


def check_items(ids, moments):
    need(len(ids) <= 30, "%d items" % len(ids))
    need(len(set(ids)) == len(ids), "an item stands there twice")
    need(moments == sorted(moments, reverse=True), "the newest is not first")


def text_of(element, path):
    found = element.findtext(path, namespaces=NS)
    need(found is not None and found.strip(), "no " + path)
    return found


def addresses_in(site, markup):
    """Addresses of this site in the HTML of an item; none may be relative."""
    found = [html.unescape(value) for value in re.findall(r'(?:href|src|poster)="([^"]*)"', markup)]
    for value in found:
        need(re.match("(https?|mailto):", value), "a relative address in the text: " + value)
    need(not re.search("<(script|style|iframe|form)|\\son\\w+=", markup), "active markup in the text")
    return [value for value in found if site.path(value)]


def check_rss(site, target):
    root = xml.fromstring(site.page(target, RSS))
    channel = root.find("channel")
    need(root.tag == "rss" and root.get("version") == "2.0" and channel is not None, "not RSS 2.0")
    found = [text_of(channel, "link")]
    text_of(channel, "title")
    need(channel.find("description") is not None, "no description")
    text_of(channel, "language")
    itself = channel.find("a:link[@rel='self']", NS)
    need(itself is not None and site.path(itself.get("href")) == target, "the self link is not its address")
    items = channel.findall("item")
    for item in items:
        text_of(item, "title")
        need(item.find("guid").get("isPermaLink") in ("true", "false"), "guid")
        found.append(text_of(item, "link"))
        for enclosure in item.findall("enclosure"):
            need(int(enclosure.get("length")) > 0 and "/" in enclosure.get("type"), "enclosure")
            found.append(enclosure.get("url"))
        found += [media.get("url") for media in item.findall("m:content", NS)]
        found += addresses_in(site, item.findtext("c:encoded", "", NS))
    check_items([text_of(item, "guid") for item in items], [mail_date(text_of(item, "pubDate")) for item in items])
    return found


def check_atom(site, target):
    feed = xml.fromstring(site.page(target, ATOM))
    need(feed.tag == "{%s}feed" % NS["a"], "not Atom")
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        text_of(feed, path)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", NS)}
    need(site.path(links["self"]) == target, "the self link is not its address")
    found, entries = [links["alternate"]], feed.findall("a:entry", NS)
    for entry in entries:
        for path in ("a:id", "a:title"):
            text_of(entry, path)
        need(iso_date(text_of(entry, "a:updated")) <= iso_date(text_of(feed, "a:updated")), "newer than its feed")
        found += [link.get("href") for link in entry.findall("a:link", NS)]
        need(entry.find("a:link[@rel='alternate']", NS) is not None, "an entry without alternate")
        found += addresses_in(site, entry.findtext("a:content", "", NS))
    check_items([text_of(entry, "a:id") for entry in entries],
                [iso_date(text_of(entry, "a:published")) for entry in entries])
    return found


def check_json(site, target):
    feed = json.loads(site.page(target, JSON))
    need(feed["version"] == "https://jsonfeed.org/version/1.1", "version")
    need(feed["title"] and site.path(feed["feed_url"]) == target, "feed_url is not its address")
    found = [feed["home_page_url"]]
    for item in feed["items"]:
        need(isinstance(item["id"], str) and item["id"], "an item without id")
        need(item.get("content_html") or item.get("content_text"), "an item without content")
        need(all(author["name"] for author in item["authors"]), "an author without name")
        need(all(isinstance(tag, str) and tag for tag in item["tags"]), "tags")
        found += [item["url"]] + ([item["image"]] if "image" in item else [])
        found += [attachment["url"] for attachment in item.get("attachments", [])]
        found += addresses_in(site, item.get("content_html", ""))
    check_items([item["id"] for item in feed["items"]], [iso_date(item["date_published"]) for item in feed["items"]])
    return found


CHECKS = {"/feed.xml": check_rss, "/atom.xml": check_atom, "/feed.json": check_json}

# --- what site maps must be ----------------------------------------------------------------


def check_map(site, target, root="urlset"):
    body = site.page(target, "application/xml")
    need(len(body) < 50 << 20, "%d bytes" % len(body))
    urlset = xml.fromstring(body)
    need(urlset.tag == "{%s}%s" % (NS["s"], root), "not a " + root)
    entries = list(urlset)
    need(len(entries) <= 50000, "%d entries" % len(entries))
    found = [text_of(entry, "s:loc") for entry in entries]
    need(len(set(found)) == len(found), "an address stands there twice")
    for entry in entries:
        if entry.find("s:lastmod", NS) is not None:
            iso_date(text_of(entry, "s:lastmod"))
    return found, entries


def check_url_map(site, target):
    return check_map(site, target)[0]


def check_videos(site, target):
    found, entries = check_map(site, target)
    for video in [video for entry in entries for video in entry.findall("v:video", NS)]:
        for path in ("v:title", "v:description"):
            text_of(video, path)
        found += [text_of(video, path) for path in ("v:thumbnail_loc", "v:content_loc")]
    return found


def check_news(site, target):
    found, entries = check_map(site, target)
    need(len(found) <= 1000, "%d stories" % len(found))
    moments = [iso_date(text_of(entry, "n:news/n:publication_date")) for entry in entries]
    for entry in entries:
        for path in ("n:title", "n:publication/n:name", "n:publication/n:language"):
            text_of(entry, "n:news/" + path)
    need(not moments or max(moments) - min(moments) <= datetime.timedelta(hours=48), "more than 48 hours of news")
    return found


def check_robots(site):
    text = site.page("/robots.txt", "text/plain").decode()
    need("User-agent: *" in text, "no User-agent")
    maps = re.findall("(?m)^Sitemap: (.*)$", text)
    need([site.path(address) for address in maps] == ["/sitemap.xml", "/news-sitemap.xml"], "maps: %s" % maps)
    return maps


def stories_of(paper):
    """Paths of all stories readers may see, as the desk lists them."""
    found = set()
    for state in ("published", "corrected"):
        before = 0
        while before is not None:
            words = [BINARY, "article", "list", paper, "--json", "--state", state, "--limit", "200"]
            words += ["--before", str(before)] if before else []
            answer = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
            found |= {row["url"] for row in answer["articles"]}
            before = answer["before"] or None
    return found


def check_complete(mapped, listed):
    need(mapped == listed, "%d stories are missing, %d too many: %s" %
         (len(listed - mapped), len(mapped - listed), sorted(listed ^ mapped)[:5]))


def check_answer(site, path):
    status, _, _ = site.get(path)
    need(status == 200, "status %d" % status)


# --- all of it ---------------------------------------------------------------------------------

def check_maps(report, site):
    """Every map the index names; returns addresses, and those of stories."""
    found, stories = [], set()
    index = report.check("/sitemap.xml", lambda: check_map(site, "/sitemap.xml", "sitemapindex")[0]) or []
    for target in map(site.path, index):
        check = check_videos if target == "/sitemap/videos.xml" else check_url_map
        addresses = report.check(target, check, site, target) or []
        report.check(target + " is not empty", need, addresses, "the index names it")
        found += addresses
        if re.fullmatch(r"/sitemap/\d+\.xml", target):
            stories |= {site.path(address) for address in addresses}
    found += report.check("/news-sitemap.xml", check_news, site, "/news-sitemap.xml") or []
    report.check("/robots.txt", check_robots, site)
    return found, stories


def check_feeds(report, site, addresses):
    paths = [site.path(address) for address in addresses]
    keywords = [path for path in paths if path.startswith("/keyword/")][:KEYWORDS]
    bases = [""] + [path for path in paths if path.startswith("/section/")] + keywords
    targets = [(base + name, check) for base in bases for name, check in CHECKS.items()]
    targets += [(path + "/feed.xml", check_rss) for path in paths if path.startswith("/author/")]
    targets += [("/corrections.xml", check_rss)]
    found = []
    for target, check in targets:
        found += report.check(target, check, site, target) or []
    return found


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    site, report = Site(sys.argv[1].rstrip("/")), Report()
    # the paper's own address may be another than the one it is asked at
    site.address = xml.fromstring(site.get("/feed.xml")[2]).findtext("channel/link").rstrip("/")
    found, stories = check_maps(report, site)
    if len(sys.argv) == 3:
        report.check("all stories are in the maps", check_complete, stories, stories_of(sys.argv[2]))
    found += check_feeds(report, site, found)
    for path in sorted({site.path(address) for address in found}):
        report.check(path or "an address of another site", check_answer, site, path or "/elsewhere")
    print("%d passed, %d failed" % (report.passed, report.failed))
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
