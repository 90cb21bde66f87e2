"""docker-compose.yml and what can be laid over it; and, with a Docker engine, that it is a portal.

Starting it wants the images. `./dev test compose` builds them first; `./dev test deployment` starts it when they are there already,
built from this very commit (`CALLBOARD_REVISION` says which), and says that it does not otherwise."""

import functools
import json
import os
import re
import shutil
import subprocess
import time
import unittest

from rendered import ROOT
from stack import eventually, free_ports, send, temporary_folder

UNITS = ("catalog", "lighthouse-audit", "proxy", "gateway")
IMAGES = (*UNITS, "frontend")
OVERLAYS = tuple(f"deploy/docker/compose.{name}.yml" for name in ("memcache", "tls", "observability"))
BUILDS = os.environ.get("CALLBOARD_BUILD_IMAGES") == "1"
# Megabytes: the executables and what they are linked with, and nothing else.
LARGEST_OF_RUST = 40
# An audit of a page of the portal itself, so that the test needs no network.
AUDITS_ITSELF = """
version: '3.9'
services:
  lighthouse-audit:
    environment:
      APP_CONFIG_lighthouse_targets_allowPrivate: '["gateway"]'
"""


def run(*command, environment=None, timeout=600):
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=timeout)


@functools.cache
def compose_program():
    """docker-compose, or Docker's plugin of the same name; None without either."""
    for program in (("docker-compose",), ("docker", "compose")):
        if shutil.which(program[0]) and run(*program, "version").returncode == 0:
            return program
    return None


def engine_answers():
    return shutil.which("docker") is not None and run("docker", "info").returncode == 0


def revision():
    return run("git", "rev-parse", "HEAD").stdout.strip()


def image_of(unit):
    return f"callboard/{unit}:{os.environ.get('CALLBOARD_VERSION', 'dev')}"


def inspect_image(unit):
    done = run("docker", "image", "inspect", image_of(unit))
    return json.loads(done.stdout)[0] if done.returncode == 0 else None


class Project:
    """The services of the compose files, under a name, a port and secrets of their own."""

    def __init__(self, folder):
        (self.port,) = free_ports(1)
        self.name = f"callboard-test-{os.getpid()}"
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ, "DOCKER_BUILDKIT": "1", "COMPOSE_DOCKER_CLI_BUILD": "1", "PORT": str(self.port), "PUBLIC_URL": self.url,
            "CALLBOARD_REVISION": revision(), "CALLBOARD_SERVICE_SECRET": "dGhpcyBpcyBvbmx5IGEgdGVzdCBzZWNyZXQ=",
        }
        self.environment |= {name: "only-a-test" for name in secrets() - {"CALLBOARD_SERVICE_SECRET"}}
        extra = folder / "audits-itself.yml"
        extra.write_text(AUDITS_ITSELF)
        self.files = ["docker-compose.yml", str(extra)]

    def compose(self, *arguments, overlays=(), timeout=600):
        files = [part for file in (*self.files, *overlays) for part in ("--file", file)]
        return run(*compose_program(), "--project-name", self.name, "--project-directory", str(ROOT), *files, *arguments,
                   environment=self.environment, timeout=timeout)

    def up(self, *arguments, overlays=(), timeout=600):
        done = self.compose("up", "--detach", *arguments, overlays=overlays, timeout=timeout)
        assert done.returncode == 0, done.stderr[-4000:]
        eventually("the portal answers", lambda: send(f"{self.url}/.backstage/health/v1/readiness")[0] == 200)

    def containers(self, service):
        ids = run("docker", "ps", "--quiet", "--filter", f"label=com.docker.compose.project={self.name}",
                  "--filter", f"label=com.docker.compose.service={service}").stdout.split()
        return json.loads(run("docker", "inspect", *ids).stdout) if ids else []

    def metric(self, container, port, name):
        """The sum of a metric at a container's admin port, asked for from within the units' network."""
        network = f"{self.name}_units"
        address = container["NetworkSettings"]["Networks"][network]["IPAddress"]
        ask = f"exec 3<>/dev/tcp/{address}/{port}; printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"
        done = run("docker", "run", "--rm", "--network", network, "--entrypoint", "bash", "postgres:17", "-c", ask)
        return sum(float(line.rpartition(" ")[2]) for line in done.stdout.splitlines() if re.match(rf"{name}\b", line))


def secrets():
    """The variables without which nothing starts."""
    text = "".join((ROOT / file).read_text() for file in ("docker-compose.yml", *OVERLAYS))
    return set(re.findall(r"\$\{(\w+):\?", text))


@unittest.skipUnless(compose_program(), "the compose files are not tested: there is no docker-compose")
class Files(unittest.TestCase):
    def test_every_combination_is_understood(self):
        project = Project(temporary_folder(self.addCleanup))
        for overlays in ((), *((each,) for each in OVERLAYS), OVERLAYS):
            done = project.compose("config", "--quiet", overlays=overlays)
            self.assertEqual(done.returncode, 0, f"{overlays}: {done.stderr}")

    def test_without_secrets_nothing_starts(self):
        nothing = temporary_folder(self.addCleanup) / ".env"
        nothing.touch()
        environment = {name: value for name, value in os.environ.items() if name not in secrets()}
        done = run(*compose_program(), "--env-file", str(nothing), "config", "--quiet", environment=environment)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("run deploy/docker/secrets first", done.stderr)


class Portal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not compose_program() or not engine_answers():
            raise unittest.SkipTest("docker-compose.yml is not started: no Docker engine answers")
        found = [inspect_image(unit) for unit in IMAGES]
        built_from = {each and each["Config"]["Labels"].get("org.opencontainers.image.revision") for each in found}
        if not BUILDS and built_from != {revision()}:
            raise unittest.SkipTest("docker-compose.yml is not started: the images of this commit are not there; ./dev test compose builds them")
        cls.project = Project(temporary_folder(cls.addClassCleanup))
        if BUILDS:
            done = cls.project.compose("build", timeout=4 * 3600)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        cls.addClassCleanup(cls.project.compose, "down", "--volumes", "--remove-orphans", overlays=OVERLAYS[:1])
        begun = time.monotonic()
        cls.project.up()
        print(f"docker-compose up to a portal that answers: {time.monotonic() - begun:.1f} s")

    def api(self, path, body=None):
        token = send(f"{self.project.url}/api/auth/guest/refresh")[1]["backstageIdentity"]["token"]
        return send(self.project.url + path, body, token)

    def total(self):
        status, page = self.api("/api/catalog/entities/by-query?limit=0")
        return page["totalItems"] if status == 200 else 0

    def test_images_are_small_labelled_and_say_what_is_in_them(self):
        for unit in IMAGES:
            image = inspect_image(unit)
            labels = image["Config"]["Labels"]
            for label in ("title", "description", "vendor", "licenses", "version", "revision", "created"):
                self.assertTrue(labels.get(f"org.opencontainers.image.{label}"), f"{unit}: {label}")
            self.assertIn("Healthcheck", image["Config"], unit)
            self.assertNotIn(image["Config"]["User"].partition(":")[0], ("", "root", "0"), unit)
            print(f"callboard/{unit}: {image['Size'] / 1e6:.1f} MB")
            if unit in ("catalog", "proxy", "gateway"):
                self.assertLess(image["Size"], LARGEST_OF_RUST * 1_000_000, unit)
            container = run("docker", "create", image_of(unit)).stdout.strip()
            self.addCleanup(run, "docker", "rm", container)
            target = temporary_folder(self.addCleanup)
            done = run("docker", "cp", f"{container}:/usr/share/sbom", str(target))
            self.assertEqual(done.returncode, 0, f"{unit}: {done.stderr}")
            bill = json.loads((target / f"sbom/callboard-{unit}.cdx.json").read_text())
            self.assertEqual(bill["bomFormat"], "CycloneDX")
            self.assertGreater(len(bill["components"]), 50)

    def test_containers_have_no_rights_and_cannot_write(self):
        for service in IMAGES:
            for container in self.project.containers(service):
                host = container["HostConfig"]
                self.assertIs(host["ReadonlyRootfs"], True, service)
                self.assertEqual(host["CapDrop"], ["ALL"], service)
                self.assertIn("no-new-privileges:true", host["SecurityOpt"], service)
                self.assertGreater(host["Memory"], 0, service)
        published = self.project.containers("frontend")[0]["NetworkSettings"]["Ports"]["8080/tcp"]
        self.assertEqual({each["HostIp"] for each in published}, {"127.0.0.1"})
        for service in UNITS:
            ports = self.project.containers(service)[0]["NetworkSettings"]["Ports"]
            self.assertFalse(any(ports.values()), f"{service} is reached from outside: {ports}")

    def test_a_unit_cannot_look_into_the_database_of_another(self):
        (postgres,) = self.project.containers("postgres")
        for role, database, allowed in (("catalog", "catalog", True), ("catalog", "proxy", False), ("proxy", "gateway", False)):
            done = run("docker", "exec", "--env", "PGPASSWORD=only-a-test", postgres["Id"], "psql", "--host", "127.0.0.1", "--username",
                       f"callboard_{role}", f"callboard_{database}", "--command", "SELECT 1")
            self.assertEqual(done.returncode == 0, allowed, f"{role} in {database}: {done.stderr}")

    def test_the_example_is_there_and_the_page_has_its_configuration(self):
        eventually("the example organisation", lambda: self.total() > 30)
        done = run("curl", "--silent", "--fail", self.project.url)
        self.assertIn("<title>", done.stdout)
        self.assertIn(self.project.url, done.stdout, "the page knows where the portal is")
        script = re.search(r'src="(/static/[^"]+\.js)"', done.stdout).group(1)
        headers = run("curl", "--silent", "--fail", "--head", self.project.url + script).stdout.lower()
        self.assertIn("immutable", headers)

    def test_more_replicas_share_the_work(self):
        eventually("the example organisation", lambda: self.total() > 30)
        self.project.up("--scale", "catalog=3", "--scale", "lighthouse-audit=2", "--no-recreate")
        calls = "callboard_grpc_server_calls_total"

        def counts():
            return [self.project.metric(each, 7201, calls) for each in self.project.containers("catalog")]

        def all_work():
            for number in range(60):
                # Never the same twice, so that no cache answers.
                self.api(f"/api/catalog/entities/by-query?limit=1&offset={number}&filter=kind=component,metadata.name=n{time.monotonic_ns()}")
            seen = counts()
            return seen if len(seen) == 3 and min(seen) > 10 else None

        seen = eventually("each replica answers some", all_work)
        print(f"calls at the three catalogs: {seen}")
        self.assertEqual(len(self.project.containers("lighthouse-audit")), 2)

    def test_an_audit_runs_in_its_container(self):
        status, audit = self.api("/api/lighthouse/v1/audits", {"url": "http://gateway:7007/"})
        self.assertIn(status, (200, 201), audit)

        def ended():
            _, seen = self.api(f"/api/lighthouse/v1/audits/{audit['id']}")
            return seen if seen["status"] in ("COMPLETED", "FAILED") else None

        seen = eventually("the audit", ended, patience=300)
        self.assertEqual(seen["status"], "COMPLETED", seen.get("failure"))
        self.assertIsNotNone(seen["report"]["categories"]["performance"]["score"])

    def test_with_memcached_and_tls_between_the_units_it_is_still_a_portal(self):
        subprocess.run([ROOT / "deploy/docker/certificates"], check=True, capture_output=True, timeout=60)
        self.addCleanup(self.project.up, "--remove-orphans")
        self.project.up(overlays=OVERLAYS[:2])
        eventually("the example organisation", lambda: self.total() > 30)
        self.assertEqual(self.project.containers("redis"), [])
        self.assertEqual(len(self.project.containers("memcached")), 1)


if __name__ == "__main__":
    unittest.main()
