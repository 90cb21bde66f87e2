"""`./dev init`: what it writes is whole, is nothing else, and is a portal when it is started."""

import re
import shutil
import subprocess
import unittest

import kubernetes_validate
import yaml

from rendered import ROOT, has_kubectl
from stack import SECRET, Stack, eventually, send, temporary_folder
from test_objects import FOREIGN, VERSION


def init(folder):
    return subprocess.run([ROOT / "dev", "init", folder], capture_output=True, text=True, check=False, timeout=60)


class Init(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder(self.addCleanup) / "portal"
        done = init(self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_it_writes_what_a_portal_needs_and_nothing_else(self):
        self.assertEqual(
            {path.name for path in self.folder.iterdir()},
            {".gitignore", "README.md", "app-config.yaml", "compose", "docker-compose.yml", "entities.yaml", "kubernetes",
             "kustomization.yaml", "plugins"},
        )
        for file in self.folder.rglob("*"):
            if file.is_file():
                self.assertNotRegex(file.read_text(), r"deploy/(docker|init|examples)|VERSION }", file)

    def test_it_leaves_alone_what_is_there(self):
        before = (self.folder / "README.md").stat().st_mtime_ns
        for folder in (self.folder, self.folder / "README.md"):
            done = init(folder)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("empty", done.stderr)
        self.assertEqual((self.folder / "README.md").stat().st_mtime_ns, before)

    def test_its_compose_file_names_files_that_are_there_and_holds_no_secret(self):
        text = (self.folder / "docker-compose.yml").read_text()
        services = yaml.safe_load(text)["services"]
        self.assertIn("frontend", services)
        for name, service in services.items():
            self.assertNotIn("build", service, name)
            for volume in service.get("volumes", []):
                source = volume.partition(":")[0]
                self.assertTrue(not source.startswith(".") or (self.folder / source).is_file(), volume)
        wanted = set(re.findall(r"\$\{(\w+):\?", text))
        self.assertLessEqual({"POSTGRES_PASSWORD", "CALLBOARD_SERVICE_SECRET"}, wanted)
        self.assertEqual(wanted, {name for name in re.findall(r"\$\{(\w+)", text) if "SECRET" in name or "PASSWORD" in name})
        subprocess.run([self.folder / "compose/secrets"], check=True, capture_output=True, timeout=60)
        environment = self.folder / ".env"
        self.assertEqual(environment.stat().st_mode & 0o077, 0, "nobody else reads the secrets")
        self.assertEqual({line.partition("=")[0] for line in environment.read_text().splitlines()}, wanted)

    def test_its_manifests_render_and_are_valid(self):
        if not has_kubectl():
            self.skipTest("the manifests are not tested: there is no kubectl with kustomize 5 or later")
        done = subprocess.run(["kubectl", "kustomize", self.folder], capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        objects = [found for found in yaml.safe_load_all(done.stdout) if found]
        for found in objects:
            if found["apiVersion"] not in FOREIGN:
                kubernetes_validate.validate(found, VERSION, strict=True)
        (settings,) = [each for each in objects if each["kind"] == "ConfigMap" and "app-config.yaml" in each["data"]]
        self.assertEqual(set(settings["data"]), {"app-config.yaml", "backend.yaml", "entities.yaml"})

    def test_it_starts_and_is_a_portal(self):
        # The files where the compose file puts them.
        container = temporary_folder(self.addCleanup)
        for volume in yaml.safe_load((self.folder / "docker-compose.yml").read_text())["x-unit"]["volumes"]:
            source, target, _ = volume.split(":")
            self.assertTrue(target.startswith("/etc/callboard/"), volume)
            shutil.copy(self.folder / source, container / target.rpartition("/")[2])
        environment = {
            "CALLBOARD_SERVICE_SECRET": SECRET, "DATABASE_USER": "callboard", "DATABASE_PASSWORD": "unused",
            "PUBLIC_URL": "http://localhost:8080",
        }
        units = ("catalog", "lighthouse-audit", "proxy", "gateway")
        overlay = {"lighthouse": {"runner": {"directory": str(ROOT / "services/lighthouse-audit/runner")}}}
        with Stack(container / "app-config.yaml", units=units, folder=container, environment=environment, overlay=overlay) as stack:
            token = stack.guest()
            path = "/api/catalog/entities/by-name/component/default/portal"
            eventually("the example", lambda: send(stack.url + path, token=token)[0] == 200)
            total = stack.get("/api/catalog/entities/by-query?limit=100", token)["totalItems"]
            written = list(yaml.safe_load_all((self.folder / "entities.yaml").read_text()))
            # The location itself comes on top.
            self.assertEqual(total, len(written) + 1)
            errors = stack.get(path, token).get("status", {}).get("items", [])
            self.assertEqual(errors, [])


if __name__ == "__main__":
    unittest.main()
