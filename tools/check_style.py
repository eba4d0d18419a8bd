#!/usr/bin/env python3
"""check_style.py - the rules of the house that a program can see; prints each breach as FILE:LINE: what.

An exception is a comment in the line, or in the first line of the function or file it is about, that names the rule and
says why: /* allow: long-function, one switch over all kinds */. With --count it prints how many there are.
"""

import re
import subprocess
import sys

COLUMNS, TEST_COLUMNS = 120, 180  # examples in tests are better whole
FILE_LINES = {".c": 600, ".h": 150}
TEST_LINES = 1000
FUNCTION_LINES, TEST_FUNCTION_LINES = 60, 150

STORES = re.compile(r"(_store|_test)\.c$|^lib/db/|^lib/job/outbox\.c$|^tests/")
# What prints a body or a headline; imports read markup and pass it on to their reader of HTML.
MARKUP_FILES = re.compile(r"^src/(article/body_html|phrase/phrase_html|importing/)")
HEAP = re.compile(r"(?<![\w.>])(?:malloc|calloc|realloc|free|strdup|strndup|asprintf)\s*\(")
MARKUP = re.compile(r'"(?:[^"\\]|\\.)*<(?:[a-zA-Z][a-zA-Z0-9]*[\s>\\]|/[a-zA-Z]|!--|!doctype)', re.IGNORECASE)
PLACEHOLDER = re.compile(r"<[a-z-]+>")  # in help texts
MUTABLE = re.compile(r"^\s*static (?!const\b|inline\b|_Noreturn\b|_Thread_local const\b|struct \w+ \*?const\b)[^(]*(?:=|;)")
GLOBAL = re.compile(r"^(?!static|extern|typedef|struct \w+( \{|;)|enum|const|union|#|/|\s|\}|\*)[a-z_][\w\s\*]*\b\w+(\[[^\]]*\])*\s*(=|;)")
ENDING_CONST = re.compile(r"\bconst \w+(\[[^\]]*\])*\s*(=|;|\{)|\*const \w+")
PROTOTYPE = re.compile(r"^\w+_function \w+;")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ELSEWHERE = re.compile(r"(?<![\w.])/(?:work|root|home)/\w")
FUNCTION_NAME = re.compile(r"^[a-z_][\w\s\*]*?(\w+)\(")
FUNCTION_START = re.compile(r"^\{")

TEXTS = (".c", ".h", ".def", ".sql", ".py", ".sh", ".mjs", ".md", ".html", ".css", ".js", ".json", ".lua", "Makefile")


class Breaches:
    def __init__(self):
        self.count = 0
        self.allowed = {}

    def tell(self, name, number, what):
        print(f"{name}:{number}: {what}")
        self.count += 1

    def allows(self, rule, *lines):
        """Is the rule named in an exception in one of these lines?"""
        for line in lines:
            if re.search(rf"allow: [^*]*\b{rule}\b", line):
                self.allowed[rule] = self.allowed.get(rule, 0) + 1
                return True
        return False


def tracked():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\n") if name.endswith(TEXTS)]
    return [name for name in names if not name.startswith("node_modules/") and name != "package-lock.json"]


def is_test(name):
    return name.startswith(("tests/", "tools/")) or re.search(r"_(test|fuzz)\.[ch]$", name) is not None


def without_strings(line):
    """The code of a line: no texts, no comment behind it."""
    return re.sub(r"/\*.*?\*/|//.*|/\*.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', '""', line))


def check_text(breaches, name, lines):
    for number, line in enumerate(lines, 1):
        if line != line.rstrip() and not name.endswith(".html"):
            breaches.tell(name, number, "white space at the end of the line")
        if UNFINISHED.search(line) and name != "tools/check_style.py":
            breaches.tell(name, number, "unfinished: do it, or open an issue")
        if ELSEWHERE.search(line) and name != "tools/check_style.py" and not breaches.allows("elsewhere", line):
            breaches.tell(name, number, "names a directory of one machine")


def check_layout(breaches, name, lines):
    most = TEST_LINES if is_test(name) else FILE_LINES[name[-2:]]
    own, columns = name.rsplit("/", 1)[-1], TEST_COLUMNS if is_test(name) else COLUMNS
    if not lines or not lines[0].startswith(f"/* {own} " if is_test(name) else f"/* {own} - "):
        breaches.tell(name, 1, f'begins with "/* {own} - " and what it is')
    if len(lines) > most and not breaches.allows("long-file", *lines[:60]):
        breaches.tell(name, len(lines), f"{len(lines)} lines; {most} are the most (allow: long-file, why)")
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            breaches.tell(name, number, "a tab")
        if len(line) > columns and not breaches.allows("long-line", line):
            breaches.tell(name, number, f"{len(line)} characters; {columns} are the most")


def check_functions(breaches, name, lines):
    most = TEST_FUNCTION_LINES if is_test(name) else FUNCTION_LINES
    start = None
    for number, line in enumerate(lines, 1):
        if FUNCTION_START.match(line):
            start = number
        elif line.startswith("}") and start:
            length = number - start - 1
            if length > most and not breaches.allows("long-function", *lines[max(0, start - 6) : start + 2]):
                breaches.tell(name, start, f"a function of {length} lines; {most} are the most (allow: long-function, why)")
            start = None
        if re.match(r"\s*goto \w+;", line) and not breaches.allows("goto", line):
            breaches.tell(name, number, "goto (allow: goto, which resource)")


def check_paper(breaches, name, lines):
    """What holds in src/ only: memory from arenas, no state, no SQL and no markup outside their places."""
    function = ""
    for number, line in enumerate(lines, 1):
        code = without_strings(line)
        named = FUNCTION_NAME.match(line)
        function = named[1] if named else function
        owns = function.endswith(("_new", "_free", "_open", "_close", "_start", "_stop"))
        if HEAP.search(code) and not owns and not breaches.allows("heap", line, lines[number - 2]):
            breaches.tell(name, number, "memory of src/ comes from an arena; what lives longer is made in x_new (allow: heap, why)")
        is_state = MUTABLE.match(code) or (GLOBAL.match(code) and not code.startswith("return"))
        if is_state and not PROTOTYPE.match(code) and not ENDING_CONST.search(code) and not breaches.allows("state", line, lines[number - 2]):
            breaches.tell(name, number, "state outside of structs (allow: state, why)")
        if name.endswith(".c") and MARKUP.search(PLACEHOLDER.sub("", line)) and not MARKUP_FILES.match(name):
            if not breaches.allows("markup", line, lines[number - 2]):
                breaches.tell(name, number, "markup belongs into themes/ (allow: markup, why)")


def check_c(breaches, name, lines):
    check_layout(breaches, name, lines)
    check_functions(breaches, name, lines)
    if name.startswith("src/") and not is_test(name):
        check_paper(breaches, name, lines)
    if not STORES.search(name) and name.startswith(("lib/", "src/")):
        for number, line in enumerate(lines, 1):
            if re.match(r"\s*SQL\(", line):
                breaches.tell(name, number, "SQL stands in *_store.c")


def main():
    breaches = Breaches()
    for name in tracked():
        with open(name, encoding="utf-8") as file:
            text = file.read()
        lines = text.split("\n")
        if text and not text.endswith("\n") and not name.endswith((".json", ".html")):
            breaches.tell(name, len(lines), "no line end at the end")
        lines = lines[:-1] if lines and not lines[-1] else lines
        check_text(breaches, name, lines)
        if name.endswith((".c", ".h")):
            check_c(breaches, name, lines)
    if "--count" in sys.argv:
        print("exceptions:", ", ".join(f"{rule} {n}" for rule, n in sorted(breaches.allowed.items())) or "none")
    return 1 if breaches.count else 0


if __name__ == "__main__":
    sys.exit(main())
