"""Units as real processes on free ports, each with a database of its own on the server of DATABASE_URL."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from rendered import ROOT

BINARIES = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
SECRET = "dGhpcyBpcyBvbmx5IGEgdGVzdCBzZWNyZXQ="
# As long as a slow machine may take to start or stop one process.
PATIENCE = 90


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def temporary_folder(add_cleanup):
    """A folder that goes with the test, or the class of tests, whose `addCleanup` this is."""
    folder = tempfile.TemporaryDirectory()
    add_cleanup(folder.cleanup)
    return Path(folder.name)


def eventually(what, ask, patience=PATIENCE):
    """The first truthy answer of a function."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {patience} s")


def send(url, body=None, token=None):
    """Status and JSON of a request; POST with a body. No answer at all is status 0."""
    headers = {"accept": "application/json", "content-type": "application/json", "x-requested-with": "XMLHttpRequest"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError as error:
        return 0, str(error)


class Database:
    """The server that the tests use, by its own command line programs."""

    def __init__(self):
        self.url = os.environ.get("DATABASE_URL", "")
        if not self.url:
            raise unittest.SkipTest("DATABASE_URL names no Postgres; ./dev test deployment starts one")

    def of(self, name):
        return f"{self.url.rpartition('/')[0]}/{name}"

    @staticmethod
    def run(program, *arguments):
        installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
        path = installed[-1] if installed else shutil.which(program)
        done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE)
        if done.returncode != 0:
            raise AssertionError(f"{program}: {done.stderr}")
        return done.stdout

    def execute(self, name, statement):
        return self.run("psql", self.of(name), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                        "--set", "ON_ERROR_STOP=1", "--command", statement)

    def drop(self, *names):
        for name in names:
            self.execute("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Process:
    """One unit."""

    def __init__(self, unit, configs, folder, environment, admin):
        self.unit, self.admin = unit, admin
        self.binary = BINARIES / f"callboard-{unit}"
        self.arguments = [part for config in configs for part in ("--config", str(config))]
        self.folder, self.environment = folder, environment
        self.log = tempfile.NamedTemporaryFile("w+", prefix=f"callboard-{unit}-", suffix=".log")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, *self.arguments], cwd=self.folder, env=self.environment, stdout=self.log, stderr=self.log
        )
        eventually(f"{self.unit} is ready", self.is_ready)

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.unit} ended with {self.process.returncode}:\n{self.said()}")
        return send(f"http://127.0.0.1:{self.admin}/readyz")[0] == 200

    def said(self):
        return Path(self.log.name).read_text()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)


class Stack:
    """Units with the configuration files of somebody, over which lie the addresses and the database of this test."""

    def __init__(self, *configs, units=("catalog", "gateway"), folder=ROOT, environment=None, overlay=None, connects=True):
        """`connects`: whether this says where the database is; else the configuration files do."""
        self.database = Database()
        self.prefix = f"callboard_test_{uuid.uuid4().hex[:12]}_"
        self.temporary = tempfile.TemporaryDirectory()
        ports = iter(free_ports(2 * len(units)))
        services, self.gateway_port = {}, None
        for unit in units:
            listen, admin = next(ports), next(ports)
            services[unit] = {"adminListen": f"127.0.0.1:{admin}"}
            if unit == "gateway":
                self.gateway_port = listen
            else:
                services[unit] |= {"listen": f"127.0.0.1:{listen}", "address": f"127.0.0.1:{listen}"}
        self.url = f"http://localhost:{self.gateway_port}"
        backend = {
            "auth": {"keys": [{"secret": SECRET}]},
            "baseUrl": self.url,
            "cache": {"store": "memory"},
            "database": {"prefix": self.prefix, "ensureExists": True, "skipMigrations": False},
            "listen": f"127.0.0.1:{self.gateway_port}",
            "services": services,
        }
        if connects:
            backend["database"] |= {"client": "pg", "connection": self.database.url}
        self.environment = {"PATH": os.environ["PATH"], **(environment or {})}
        self.folder = folder
        self.configs = [*configs, self.write("overlay.json", {"app": {"baseUrl": self.url}, "backend": backend})]
        if overlay:
            self.configs.append(self.write("more.json", overlay))
        self.services, self.processes = services, {}
        for unit in units:
            self.processes[unit] = self.process(unit, services[unit]["adminListen"])

    def write(self, name, content):
        path = Path(self.temporary.name) / name
        path.write_text(json.dumps(content))
        return path

    def process(self, unit, admin_listen, *configs):
        return Process(unit, [*self.configs, *configs], self.folder, self.environment, int(admin_listen.rpartition(":")[2]))

    def database_of(self, unit):
        return self.prefix + unit.replace("-", "_")

    def __enter__(self):
        try:
            for process in self.processes.values():
                process.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes.values()):
            process.stop()
        self.database.drop(*(self.database_of(unit) for unit in self.processes))
        self.temporary.cleanup()

    def get(self, path, token=None):
        status, answer = send(self.url + path, token=token)
        assert status == 200, f"{path} answered {status}: {answer}"
        return answer

    def guest(self):
        """The token of somebody who came in as a guest."""
        return self.get("/api/auth/guest/refresh")["backstageIdentity"]["token"]
