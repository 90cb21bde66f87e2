"""What docker-compose.yml describes, as real containers: images, and projects of their own."""

import functools
import json
import os
import re
import shutil
import subprocess

from rendered import ROOT
from stack import eventually, free_ports, send

UNITS = ("catalog", "lighthouse-audit", "proxy", "gateway")
IMAGES = (*UNITS, "frontend")
OVERLAYS = tuple(f"deploy/docker/compose.{name}.yml" for name in ("memcache", "tls", "observability"))
BUILDS = os.environ.get("CALLBOARD_BUILD_IMAGES") == "1"
READY = "/.backstage/health/v1/readiness"


def run(*command, environment=None, folder=ROOT, timeout=600):
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=timeout)


@functools.cache
def compose_program():
    """docker-compose, or Docker's plugin of the same name; None without either."""
    for program in (("docker-compose",), ("docker", "compose")):
        if shutil.which(program[0]) and run(*program, "version").returncode == 0:
            return program
    return None


@functools.cache
def why_nothing_starts():
    """What is missing for containers to be started, in words; empty when nothing is."""
    if not compose_program() or not shutil.which("docker") or run("docker", "info").returncode != 0:
        return "docker-compose.yml is not started: no Docker engine answers"
    found = [inspect_image(unit) for unit in IMAGES]
    built_from = {each and each["Config"]["Labels"].get("org.opencontainers.image.revision") for each in found}
    if not BUILDS and built_from != {revision()}:
        return "docker-compose.yml is not started: the images of this commit are not there; ./dev test compose builds them"
    return ""


def revision():
    return run("git", "rev-parse", "HEAD").stdout.strip()


def version():
    return os.environ.get("CALLBOARD_VERSION", "dev")


def image_of(unit):
    return f"callboard/{unit}:{version()}"


def inspect_image(unit):
    done = run("docker", "image", "inspect", image_of(unit))
    return json.loads(done.stdout)[0] if done.returncode == 0 else None


def has_image(name):
    """Whether an image of somebody else's is here or can be had."""
    return any(run("docker", *command, name).returncode == 0 for command in (("image", "inspect"), ("pull", "--quiet")))


def secrets():
    """The variables without which nothing starts."""
    text = "".join((ROOT / file).read_text() for file in ("docker-compose.yml", *OVERLAYS))
    return set(re.findall(r"\$\{(\w+):\?", text))


class Project:
    """The services of a folder's compose files, under a name and a port of their own."""

    count = 0

    def __init__(self, folder, files=("docker-compose.yml",), environment=None):
        (self.port,) = free_ports(1)
        Project.count += 1
        self.name = f"callboard-test-{os.getpid()}-{Project.count}"
        self.url = f"http://localhost:{self.port}"
        self.folder, self.files = folder, files
        self.environment = {
            **os.environ, "DOCKER_BUILDKIT": "1", "COMPOSE_DOCKER_CLI_BUILD": "1", "PORT": str(self.port), "PUBLIC_URL": self.url,
            **(environment or {}),
        }

    def compose(self, *arguments, overlays=(), timeout=600):
        files = [part for file in (*self.files, *overlays) for part in ("--file", str(file))]
        return run(*compose_program(), "--project-name", self.name, "--project-directory", str(self.folder), *files, *arguments,
                   environment=self.environment, folder=self.folder, timeout=timeout)

    def up(self, *arguments, overlays=(), timeout=600):
        done = self.compose("up", "--detach", *arguments, overlays=overlays, timeout=timeout)
        assert done.returncode == 0, done.stderr[-4000:]
        eventually("the portal answers", lambda: send(self.url + READY)[0] == 200, patience=300)

    def down(self, overlays=()):
        return self.compose("down", "--volumes", "--remove-orphans", overlays=overlays)

    def scale(self, **replicas):
        """So many of each service, by its name with underscores; what runs already stays as it is."""
        wanted = {service.replace("_", "-"): count for service, count in replicas.items()}
        scales = [part for service, count in wanted.items() for part in ("--scale", f"{service}={count}")]
        done = self.compose("up", "--detach", "--no-deps", "--no-recreate", *scales, *wanted)
        assert done.returncode == 0, done.stderr[-4000:]
        eventually("the replicas are well", lambda: all(
            [each["State"]["Health"]["Status"] for each in self.containers(service)] == ["healthy"] * count
            for service, count in wanted.items()), patience=300)

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

    def guest(self):
        """The token of somebody who came in as a guest; None while nobody comes in."""
        status, answer = send(f"{self.url}/api/auth/guest/refresh")
        return answer["backstageIdentity"]["token"] if status == 200 else None

    def api(self, path, body=None, token=None):
        return send(self.url + path, body, token or self.guest())

    def total(self):
        status, page = self.api("/api/catalog/entities/by-query?limit=0")
        return page["totalItems"] if status == 200 else 0
