#!/usr/bin/env python3
"""import_kill.py [KILLS [LINES]] - an import killed (kill -9) at random moments again and again ends with the paper of
an import nobody disturbed: the same stories, redirects, keywords, bad lines and losses. Ends with "N passed, N failed".

Archives of one's own can be named behind: import_kill.py KILLS LINES FILE...
"""
import gzip, json, os, random, signal, sqlite3, subprocess, sys, tempfile, time

HAOWAI = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "build", "haowai")
kills_wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20
lines = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
files = sys.argv[3:]
chance = random.Random(int(os.environ.get("SEED", "0")) or None)

# times and versions of the program's own bookkeeping differ; everything else must not
TABLES = {
    "article": None, "article_section": None, "article_keyword": None, "article_person": None, "keyword": None,
    "keyword_alias": None, "person": None, "section": None, "page": None, "redirect": None, "timer": None,
    "import_item": None, "import_bad": None,
    "import_file": "name, label, latest, position, stories, changed, known, pages, skipped, bad, finished, losses",
    "revision": "article, version, who, reason, content",
}


def write_archive(path, n):
    words = "東西南北春夏秋冬山川河海城市天地人和風雨晴日月星光新聞報紙編輯記者讀者頭版"
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for i in range(n):
            rng = random.Random(i)
            text = lambda k: "".join(rng.choice(words) for _ in range(k))
            if i % 997 == 500:
                out.write('{"id": "broken\n')
                continue
            story = {"id": str(i if i % 50 else i // 2), "title": text(18), "body": "\n".join(text(80) for _ in range(5)),
                     "published": None if i % 31 == 7 else "2020-%02d-%02dT%02d:00:00+08:00" % (i % 12 + 1, i % 28 + 1, i % 24),
                     "section": "版" + str(i % 7), "tags": [text(3) for _ in range(3)], "author": text(3),
                     "source": "某報", "url": "https://old.example/story/%d" % (i if i % 40 else i // 3)}
            out.write(json.dumps(story, ensure_ascii=False) + "\n")


def dump(paper):
    db = sqlite3.connect("file:%s/content.db?mode=ro" % paper, uri=True)
    rows = {}
    for table, columns in TABLES.items():
        rows[table] = sorted(map(repr, db.execute("SELECT %s FROM %s" % (columns or "*", table))))
    # a changed story was updated at the moment it was changed
    changed = {r[0] for r in db.execute("SELECT DISTINCT article FROM revision")}
    names = [c[1] for c in db.execute("PRAGMA table_info(article)") if c[1] != "updated"]
    rows["article"] = sorted(map(repr, db.execute("SELECT %s FROM article" % ", ".join(names))))
    rows["updated"] = sorted(repr(r) for r in db.execute("SELECT id, updated FROM article") if r[0] not in changed)
    db.close()
    return rows


def command(paper):
    return [HAOWAI, "import", paper] + files


def main():
    with tempfile.TemporaryDirectory(prefix="haowai-kill-") as top:
        if not files:
            files.append(os.path.join(top, "archive.jsonl.gz"))
            write_archive(files[0], lines)
        quiet, killed = os.path.join(top, "quiet"), os.path.join(top, "killed")
        for paper in quiet, killed:
            subprocess.run([HAOWAI, "init", paper], check=True, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        subprocess.run(command(quiet), check=True, stdout=subprocess.DEVNULL)
        took = time.monotonic() - began

        kills = 0
        while True:
            process = subprocess.Popen(command(killed), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            try:
                wait = None if kills >= kills_wanted else 0.01 + chance.random() * 2 * took / max(4, kills_wanted)
                _, errors = process.communicate(timeout=wait)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
                continue
            if process.returncode != 0:
                print("FAILED the import ended with %d: %s" % (process.returncode, errors.decode()))
                print("0 passed, 1 failed")
                return 1
            break

        expected, found = dump(quiet), dump(killed)
        failed = [table for table in expected if expected[table] != found[table]]
        for table in failed:
            print("FAILED %s: %d rows and not %d, or different ones" % (table, len(found[table]), len(expected[table])))
            for row in sorted(set(expected[table]) ^ set(found[table]))[:4]:
                print("  " + row[:300])
        if subprocess.run([HAOWAI, "check", killed], stdout=subprocess.DEVNULL).returncode != 0:
            failed.append("check")
            print("FAILED haowai check")
        print("killed %d times, %d stories, %d tables compared" % (kills, len(expected["import_item"]), len(expected)))
        print("%d passed, %d failed" % (len(expected) + 1 - len(failed), len(failed)))
        return 1 if failed else 0


sys.exit(main())
