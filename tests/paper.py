"""paper.py - a real paper served by the real binary, for tests: made, started, asked, stopped.

    with Paper(engine="sqlite") as paper:
        paper.start()
        answer = paper.get("/")

Everything happens in a directory of its own and on free ports of 127.0.0.1. For PostgreSQL the address of a server in
which databases may be made comes from HAOWAI_TEST_PGSQL (tests/pgsql.sh starts one).
"""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("HAOWAI", os.path.join(ROOT, "build", "haowai"))
START_SECONDS = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    """What came back: status, headers (names in lower case), body as bytes and text."""

    def __init__(self, status, headers, raw):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.raw = raw

    @property
    def text(self):
        return self.raw.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.raw)


class Run:
    """A finished command."""

    def __init__(self, done):
        self.exit, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out)


class Paper:
    def __init__(self, engine="sqlite", init=(), directory=None):
        self.engine = engine
        self.own_directory = directory is None
        self.parent = tempfile.mkdtemp(prefix="haowai-test-") if directory is None else os.path.dirname(directory)
        self.dir = directory or os.path.join(self.parent, "paper")
        self.site = "127.0.0.1:%d" % free_port()
        self.desk = "127.0.0.1:%d" % free_port()
        self.process = None
        self.database = None
        self.connection = None
        self.log_path = os.path.join(self.parent, "log")
        if directory is None:
            self.init(*init)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # --- making -------------------------------------------------------------------

    def init(self, *options):
        words = list(options)
        if self.engine == "pgsql":
            server = os.environ["HAOWAI_TEST_PGSQL"]
            self.database = "haowai_%d_%d" % (os.getpid(), time.monotonic_ns())
            self.pgsql(server, "CREATE DATABASE " + self.database)
            words += ["--database", self.database_address()]
        done = self.haowai("init", self.dir, *words, plain=True)
        if done.exit != 0:
            raise RuntimeError("haowai init: " + done.err)

    def database_address(self):
        """The server's address with our database's name in place of its own."""
        server = os.environ["HAOWAI_TEST_PGSQL"]
        base, _, query = server.partition("?")
        head, slash, _ = base[len("postgresql://"):].partition("/")
        return "postgresql://" + head + "/" + self.database + ("?" + query if query else "")

    @staticmethod
    def pgsql(address, statement):
        subprocess.run(["psql", "-q", "-X", "-d", address, "-c", statement], check=True, capture_output=True, text=True)

    # --- running -------------------------------------------------------------------

    def start(self, *options, wait=True, prefix=(), environment=None):
        log = open(self.log_path, "ab")
        command = [*prefix, BINARY, "run", self.dir, "--site", self.site, "--desk", self.desk, *options]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        log.close()
        if wait:
            self.wait_until_up()

    def wait_until_up(self):
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                break
            try:
                if self.get("/health").status == 200 and self.ask_desk("GET", "/health").status == 200:
                    return
            except OSError:
                pass
            except http.client.HTTPException:
                pass
            time.sleep(0.02)
        raise RuntimeError("the paper did not start:\n" + self.log()[-3000:])

    def stop(self, how=signal.SIGTERM):
        self.disconnect()
        if not self.process:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process = None
        return status

    def roles(self):
        """The processes of the roles: {"edge": pid, "desk": pid}."""
        found = {}
        children = "/proc/%d/task/%d/children" % (self.process.pid, self.process.pid)
        for pid in open(children).read().split():
            try:
                words = open("/proc/%s/cmdline" % pid).read().split("\0")
                name = open("/proc/%s/comm" % pid).read()
            except OSError:
                continue
            for role in ("edge", "desk"):
                if role in name or role in words:
                    found[role] = int(pid)
        return found

    def log(self):
        try:
            return open(self.log_path, encoding="utf-8", errors="replace").read()
        except FileNotFoundError:
            return ""

    def close(self):
        self.stop()
        if self.database:
            try:
                self.pgsql(os.environ["HAOWAI_TEST_PGSQL"], "DROP DATABASE IF EXISTS %s WITH (FORCE)" % self.database)
            except subprocess.CalledProcessError:
                pass
        if self.own_directory:
            shutil.rmtree(self.parent, ignore_errors=True)

    # --- asking ---------------------------------------------------------------------

    def haowai(self, *words, stdin="", plain=False, timeout=120):
        """Runs a command; "DIR" in its words is the paper."""
        words = [self.dir if word == "DIR" and not plain else str(word) for word in words]
        return Run(subprocess.run([BINARY, *words], input=stdin, capture_output=True, text=True, timeout=timeout))

    def disconnect(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def ask(self, method, path, headers=None, body=None):
        """One request to the site over a connection that is kept; a lost one is opened again once."""
        for attempt in (1, 2):
            if not self.connection:
                host, port = self.site.split(":")
                self.connection = http.client.HTTPConnection(host, int(port), timeout=30)
            try:
                self.connection.request(method, path, body=body, headers=headers or {})
                response = self.connection.getresponse()
                return Answer(response.status, response.getheaders(), response.read())
            except (http.client.HTTPException, OSError):
                self.disconnect()
                if attempt == 2:
                    raise

    def get(self, path, headers=None):
        return self.ask("GET", path, headers)

    def ask_desk(self, method, path):
        host, port = self.desk.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=30)
        try:
            connection.request(method, path)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def act(self, method, path, body=None, key=None):
        """An action over the desk's Unix socket."""
        connection = http.client.HTTPConnection("desk", timeout=30)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(os.path.join(self.dir, "run", "desk.sock"))
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if key:
            headers["Idempotency-Key"] = key
        try:
            connection.request(method, path, None if body is None else json.dumps(body, ensure_ascii=False).encode(), headers)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def publish(self, **story):
        answer = self.act("POST", "/desk/api/articles", {"title": "題目", "body": "內文。", **story})
        if answer.status != 201:
            raise RuntimeError("publish: %d %s" % (answer.status, answer.text))
        return answer.json

    def metrics(self):
        """The desk's counters by name, edges' included."""
        found = {}
        for line in self.ask_desk("GET", "/metrics").text.splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                found[name] = float(value)
        return found
