#!/usr/bin/env python3
"""check_includes.py - who may include whom; prints each breach as FILE:LINE: what, and exits 1 if there was one.

The machine (lib/) never includes the paper (src/), and within lib/ only what lies below. In src/ a domain's headers and
stores include the headers of earlier domains only; the leaves (pages, actions, commands, jobs) may use any domain.
Rules (x_rules.c) decide without asking anybody: they include lib/base and their own domain's headers.
"""

import re
import subprocess
import sys

# What each folder of lib/ may include besides itself.
LIBRARY = {
    "base": "",
    "json": "base",
    "db": "base",
    "http": "base",
    "template": "base",
    "channel": "base",
    "unpack": "base",
    "cli": "base",
    "web": "base json db http template",
}

# Domains, lowest first: a header or store includes only headers of what stands before it. The last ones run the paper
# and know all others.
DOMAINS = """
phrase redirect section staff media keyword video article flash topic staticpage traffic frontpage rails frame feed
run desk edge importing paper demo
""".split()

LEAVES = ("_page.c", "_desk.c", "_cli.c", "_job.c", "_test.c", "_fuzz.c")

# The program's tables: leaves use them for their own prototypes, what runs the paper is made of them.
TABLES = ("actions", "routes", "pages", "commands")
RUNS_THE_PAPER = ("run", "desk", "edge", "importing", "paper", "demo", "frame")

# Libraries of others, each behind a file or two of ours. Tests and tools may look for themselves.
OUTSIDE = [
    (r"sqlite3\.h", ("lib/db/sqlite.c",)),
    (r"libpq-fe\.h", ("lib/db/pgsql.c",)),
    (r"jansson\.h", ("lib/json/json_jansson.h",)),
    (r"cmark.*\.h", ("src/article/body_markdown.c",)),
    (r"gumbo\.h", ("src/importing/",)),
    (r"expat\.h", ("src/importing/",)),
    (r"curl/.*", ("src/desk/desk_call.c",)),
    (r"openssl/.*", ("lib/http/",)),
    (r"nghttp2/.*", ("lib/http/",)),
    (r"sodium\.h", ("lib/secret/", "src/importing/")),
    (r"zstd\.h", ("lib/unpack/", "lib/web/")),
    (r"zlib\.h", ("lib/unpack/", "lib/web/")),
    (r"unicode/.*", ("lib/base/utf8.c", "src/section/slug.c", "src/importing/")),
    (r"sys/epoll\.h", ("lib/http/", "lib/channel/")),
    (r"sys/socket\.h", ("lib/http/", "lib/channel/", "src/edge/", "src/desk/", "src/run/")),
    (r"netdb\.h", ("lib/http/",)),
]

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
PRIVATE = re.compile(r"\b(?:private to|inside) ((?:lib|src)/[a-z]+)\b")


def tracked():
    listed = subprocess.run(["git", "ls-files", "lib", "src", "tests", "tools"], capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\n") if name.endswith((".c", ".h"))]


def is_test(name):
    return name.startswith(("tests/", "tools/")) or name.endswith(("_test.c", "_fuzz.c", "_fuzz.h"))


def library_breach(name, included):
    if included.startswith("src/"):
        return "lib/ never includes src/"
    folder, other = name.split("/")[1], included.split("/")[1]
    if folder not in LIBRARY:
        return f"lib/{folder} is not in tools/check_includes.py; say there what it may include"
    if other != folder and other not in LIBRARY[folder].split():
        return f"lib/{folder} must not know lib/{other}"
    return None


def table_breach(name, domain, included):
    table = re.fullmatch(r"src/([a-z]+)\.h", included)
    if not table or table[1] not in TABLES or name.endswith(LEAVES) or domain in RUNS_THE_PAPER:
        return None
    return f"only pages, actions and commands include {included}"


def domain_breach(name, included):
    parts = name.split("/")
    if len(parts) < 3:
        return None  # src/main.c, src/app.c and the tables know everybody
    domain, target = parts[1], included.split("/")
    if domain not in DOMAINS:
        return f"src/{domain} is not in the order of domains of tools/check_includes.py; put it there"
    if len(target) < 3:
        return table_breach(name, domain, included)
    if name.endswith("_rules.c") and target[1] != domain:
        return "rules include their own domain's headers only"
    if name.endswith(LEAVES) or target[1] == domain or target[1] not in DOMAINS:
        return None
    if DOMAINS.index(target[1]) > DOMAINS.index(domain):
        return f"{domain} comes before {target[1]}: only a page, an action, a command or a job may use it"
    return None


def own_breach(name, included, private):
    if is_test(name):
        return None
    if included.startswith("tests/"):
        return "only tests include tests/"
    home = private.get(included)
    if home and not name.startswith(home + "/"):
        return f"{included} is private to {home}"
    if name.startswith("lib/"):
        return library_breach(name, included)
    if name.endswith("_rules.c") and included.startswith("lib/") and not included.startswith("lib/base/"):
        return "rules include lib/base only"
    return domain_breach(name, included) if included.startswith("src/") else None


def outside_breach(name, included):
    if is_test(name):
        return None
    for pattern, homes in OUTSIDE:
        if re.fullmatch(pattern, included) and not name.startswith(homes):
            return f"<{included}> belongs into {' or '.join(homes)}"
    return None


def private_headers(names):
    """{header: folder} of those whose first lines say so."""
    found = {}
    for name in names:
        if name.endswith(".h"):
            with open(name, encoding="utf-8") as file:
                said = PRIVATE.search(" ".join(file.read(1200).split("*/")[0].replace("\n *", " ").split()))
            if said:
                found[name] = said[1]
    return found


def main():
    names = tracked()
    private = private_headers(names)
    breaches = 0
    for name in names:
        with open(name, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                found = INCLUDE.match(line)
                if not found or "allow: include" in line:
                    continue
                breach = own_breach(name, found[1], private) if found[1] else outside_breach(name, found[2])
                if breach:
                    print(f"{name}:{number}: {breach}")
                    breaches += 1
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
