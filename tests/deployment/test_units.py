"""What the manifests say of the units is what the units do: ports, probes, configuration, time to drain."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from rendered import OVERLAYS, ROOT, UNITS, configuration, containers, of_kind, name_of, pod_of, unit_deployment

BINARIES = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
SERVICES = {
    "catalog": "callboard.catalog.v1.CatalogService",
    "lighthouse-audit": "callboard.lighthouse_audit.v1.LighthouseAuditService",
    "proxy": "callboard.proxy.v1.ProxyService",
}


def port_of(text):
    return int(text.rpartition(":")[2])


class Units(unittest.TestCase):
    def test_ports_and_addresses_are_those_of_the_configuration(self):
        for overlay in OVERLAYS:
            backend = yaml.safe_load(configuration(overlay))["backend"]
            for unit in UNITS:
                section = backend["services"][unit]
                main = next(each for each in containers(unit_deployment(overlay, unit)) if each["name"] == "unit")
                ports = {port["name"]: port["containerPort"] for port in main["ports"]}
                self.assertEqual(ports["admin"], port_of(section["adminListen"]))
                if unit == "gateway":
                    self.assertEqual(ports["http"], port_of(backend["listen"]))
                    continue
                self.assertEqual(ports["grpc"], port_of(section["listen"]))
                host, _, port = section["address"].partition(":")
                (service,) = [each for each in of_kind(overlay, "Service") if name_of(each) == host]
                self.assertEqual(service["spec"]["clusterIP"], "None", "callers balance over the pods themselves")
                self.assertIn(int(port), {each["port"] for each in service["spec"]["ports"]})

    def test_probes_ask_what_the_binaries_answer(self):
        for overlay in OVERLAYS:
            for unit in UNITS:
                binary = BINARIES / f"callboard-{unit}"
                self.assertTrue(binary.is_file(), f"{binary} is missing: ./dev test deployment builds it")
                content = binary.read_bytes()
                main = next(each for each in containers(unit_deployment(overlay, unit)) if each["name"] == "unit")
                ports = {port["name"]: port["containerPort"] for port in main["ports"]}
                for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
                    probe = main[kind]
                    if "grpc" in probe:
                        self.assertEqual(probe["grpc"]["port"], ports["grpc"])
                        self.assertEqual(probe["grpc"]["service"], SERVICES[unit])
                        self.assertIn(SERVICES[unit].encode(), content)
                    else:
                        self.assertIn(probe["httpGet"]["port"], ports)
                        self.assertIn(probe["httpGet"]["path"].encode(), content)

    def test_there_is_time_to_drain(self):
        for overlay in OVERLAYS:
            lifecycle = yaml.safe_load(configuration(overlay))["backend"]["lifecycle"]
            drain = seconds(lifecycle["drainTimeout"]) + seconds(lifecycle.get("serverShutdownDelay", "0s"))
            for unit in UNITS:
                spec = pod_of(unit_deployment(overlay, unit))["spec"]
                main = next(each for each in spec["containers"] if each["name"] == "unit")
                pause = main["lifecycle"]["preStop"]["sleep"]["seconds"]
                self.assertGreater(spec["terminationGracePeriodSeconds"], pause + drain, f"{overlay}: {unit}")

    def test_the_units_accept_their_configuration(self):
        environment = {
            "CALLBOARD_SERVICE_SECRET": "dGhpcyBpcyBvbmx5IGEgdGVzdCBzZWNyZXQ=",
            "DATABASE_USER": "callboard",
            "DATABASE_PASSWORD": "secret",
        }
        for overlay in OVERLAYS:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "app-config.yaml"
                file.write_text(configuration(overlay))
                for unit in UNITS:
                    done = subprocess.run(
                        [BINARIES / f"callboard-{unit}", "--config", file, "config", "check"],
                        env=environment, capture_output=True, text=True, check=False, timeout=60,
                    )
                    self.assertEqual(done.returncode, 0, f"{overlay}: {unit}: {done.stderr}")


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)(s|m)", text).groups()
    return int(number) * (60 if unit == "m" else 1)


if __name__ == "__main__":
    unittest.main()
