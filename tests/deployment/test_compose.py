"""docker-compose.yml and what can be laid over it; and, with a Docker engine, that it is a portal.

Starting it wants the images. `./dev test compose` builds them first; `./dev test deployment` starts it when they are there already,
built from this very commit (`CALLBOARD_REVISION` says which), and says that it does not otherwise."""

import json
import re
import subprocess
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from engine import (
    BUILDS, IMAGES, OVERLAYS, UNITS, Project, compose_program, has_image, image_of, inspect_image, revision, run, secrets,
    why_nothing_starts,
)
from rendered import ROOT
from stack import SECRET, eventually, send, temporary_folder
from test_observability import alerts, queries

# Megabytes: the executables and what they are linked with, and nothing else.
LARGEST_OF_RUST = 40
# An audit of a page of the portal itself, so that the test needs no network; and time for it on a machine that builds besides.
AUDITS_ITSELF = """
version: '3.9'
services:
  lighthouse-audit:
    environment:
      APP_CONFIG_lighthouse_targets_allowPrivate: '["gateway"]'
      APP_CONFIG_lighthouse_auditTimeout: 15m
"""
EXAMPLE = "component:default/web-shop"


def project_of(folder):
    """The compose file of this repository, with passwords for everything."""
    extra = folder / "audits-itself.yml"
    extra.write_text(AUDITS_ITSELF)
    environment = {name: "only-a-test" for name in secrets()} | {"CALLBOARD_SERVICE_SECRET": SECRET, "CALLBOARD_REVISION": revision()}
    return Project(ROOT, ("docker-compose.yml", extra), environment)


@unittest.skipUnless(compose_program(), "the compose files are not tested: there is no docker-compose")
class Files(unittest.TestCase):
    def test_every_combination_is_understood(self):
        project = project_of(temporary_folder(self.addCleanup))
        for overlays in ((), *((each,) for each in OVERLAYS), OVERLAYS):
            done = project.compose("config", "--quiet", overlays=overlays)
            self.assertEqual(done.returncode, 0, f"{overlays}: {done.stderr}")

    def test_without_secrets_nothing_starts(self):
        project = project_of(temporary_folder(self.addCleanup))
        nothing = temporary_folder(self.addCleanup) / ".env"
        nothing.touch()
        project.environment = {name: value for name, value in project.environment.items() if name not in secrets()}
        done = run(*compose_program(), "--env-file", str(nothing), "config", "--quiet", environment=project.environment)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("run deploy/docker/secrets first", done.stderr)


@unittest.skipIf(why_nothing_starts(), why_nothing_starts())
class Portal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = project_of(temporary_folder(cls.addClassCleanup))
        if BUILDS:
            begun = time.monotonic()
            done = cls.project.compose("build", timeout=4 * 3600)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
            print(f"docker-compose build: {time.monotonic() - begun:.0f} s")
        cls.addClassCleanup(cls.project.down, overlays=(OVERLAYS[0], OVERLAYS[2]))
        begun = time.monotonic()
        cls.project.up()
        print(f"docker-compose up to a portal that answers: {time.monotonic() - begun:.1f} s")

    def setUp(self):
        eventually("the example organisation", lambda: self.project.total() > 30, patience=300)

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

    def test_the_page_has_its_configuration(self):
        done = run("curl", "--silent", "--fail", self.project.url)
        self.assertIn("<title>", done.stdout)
        self.assertIn(self.project.url, done.stdout, "the page knows where the portal is")
        script = re.search(r'src="(/static/[^"]+\.js)"', done.stdout).group(1)
        headers = run("curl", "--silent", "--fail", "--head", self.project.url + script).stdout.lower()
        self.assertIn("immutable", headers)

    def with_replicas(self):
        """Three catalogs and two that audit."""
        self.project.scale(catalog=3, lighthouse_audit=2)

    def ask_catalog(self, token):
        # Never the same twice, so that no cache answers.
        path = f"/api/catalog/entities/by-query?limit=1&filter=kind=component,metadata.name=n{time.monotonic_ns()}"
        return self.project.api(path, token=token)[0]

    def test_more_replicas_share_the_work(self):
        self.with_replicas()
        token = self.project.guest()

        def all_work():
            for _ in range(60):
                self.ask_catalog(token)
            seen = [self.project.metric(each, 7201, "callboard_grpc_server_calls_total") for each in self.project.containers("catalog")]
            return seen if len(seen) == 3 and min(seen) > 10 else None

        print(f"calls at the three catalogs: {eventually('each replica answers some', all_work)}")

    def test_a_replica_that_is_killed_fails_no_read(self):
        self.with_replicas()
        token = self.project.guest()
        killed, answers = threading.Event(), []

        def ask():
            after = 0
            while after < 50:
                answers.append(self.ask_catalog(token))
                after += killed.is_set()

        with ThreadPoolExecutor() as threads:
            asking = [threads.submit(ask) for _ in range(4)]
            eventually("requests", lambda: len(answers) > 50)
            run("docker", "kill", self.project.containers("catalog")[0]["Id"])
            killed.set()
            for each in asking:
                each.result()
        print(f"{len(answers)} requests while a catalog of three was killed")
        self.assertEqual(set(answers), {200})

    def test_it_goes_on_without_postgres_and_recovers(self):
        token = self.project.guest()
        (postgres,) = self.project.containers("postgres")

        def writes():
            return self.project.api("/api/catalog/refresh", {"entityRef": EXAMPLE}, token)[0]

        self.assertEqual(writes(), 200)
        run("docker", "stop", postgres["Id"])
        self.addCleanup(run, "docker", "start", postgres["Id"])
        self.assertEqual(self.ask_catalog(token), 200)
        self.assertEqual(writes(), 503)
        run("docker", "start", postgres["Id"])
        eventually("a write", lambda: writes() == 200)
        self.assertEqual(self.ask_catalog(token), 200)

    def test_audits_run_in_their_containers(self):
        self.with_replicas()
        token = self.project.guest()
        ids = []
        for _ in range(4):
            status, audit = self.project.api("/api/lighthouse/v1/audits", {"url": "http://gateway:7007/"}, token)
            self.assertIn(status, (200, 201), audit)
            ids.append(audit["id"])

        def ended():
            seen = [self.project.api(f"/api/lighthouse/v1/audits/{each}", token=token) for each in ids]
            # An answer that did not come in time says nothing about the audit.
            all_ended = all(status == 200 and audit["status"] in ("COMPLETED", "FAILED") for status, audit in seen)
            return [audit for _, audit in seen] if all_ended else None

        for audit in eventually("the audits", ended, patience=1800):
            self.assertEqual(audit["status"], "COMPLETED", audit.get("failure"))
            self.assertIsNotNone(audit["report"]["categories"]["performance"]["score"])
        done = [self.project.metric(each, 7202, "lighthouse_audits_total") for each in self.project.containers("lighthouse-audit")]
        print(f"audits of the two replicas: {done}")
        self.assertGreater(min(done), 0)

    def test_with_memcached_and_tls_between_the_units_it_is_still_a_portal(self):
        subprocess.run([ROOT / "deploy/docker/certificates"], check=True, capture_output=True, timeout=60)
        self.addCleanup(self.project.up, "--remove-orphans")
        self.project.up(overlays=OVERLAYS[:2])
        eventually("the example organisation", lambda: self.project.total() > 30, patience=300)
        self.assertEqual(self.project.containers("redis"), [])
        self.assertEqual(len(self.project.containers("memcached")), 1)

    def test_prometheus_finds_every_replica_and_has_our_alerts(self):
        image = re.search(r"prom/prometheus:\$\{PROMETHEUS_VERSION:-(.+?)\}", (ROOT / OVERLAYS[2]).read_text()).group(1)
        if not has_image(f"prom/prometheus:{image}"):
            self.skipTest("Prometheus is not started: there is no image of it, and none can be pulled")
        self.with_replicas()
        done = self.project.compose("up", "--detach", "--no-recreate", "--no-deps", "prometheus", overlays=OVERLAYS[2:])
        self.assertEqual(done.returncode, 0, done.stderr)

        def ask(path):
            status, answer = send(f"http://127.0.0.1:9090/api/v1/{path}")
            return answer["data"] if status == 200 else None

        def replicas():
            found = ask("query?query=count(up==1)by(unit)")
            return {each["metric"].get("unit"): int(each["value"][1]) for each in found["result"]} if found else {}

        expected = {unit: len(self.project.containers(unit)) for unit in UNITS}
        eventually("every replica", lambda: expected.items() <= replicas().items())
        rules = {rule["name"] for group in ask("rules")["groups"] for rule in group["rules"]}
        self.assertEqual(rules, {rule["alert"] for rule in alerts()})
        # Grafana puts in the interval.
        for where, query in queries().items():
            self.assertIsNotNone(ask("query?" + urlencode({"query": query.replace("$__rate_interval", "1m")})), where)

    def test_what_init_writes_starts_from_these_images(self):
        folder = temporary_folder(self.addCleanup) / "portal"
        for command in ((ROOT / "dev", "init", folder), (folder / "compose/secrets",)):
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        portal = Project(folder)
        self.addCleanup(portal.down)
        portal.up()
        eventually("its example", lambda: portal.api("/api/catalog/entities/by-name/component/default/portal")[0] == 200)


if __name__ == "__main__":
    unittest.main()
