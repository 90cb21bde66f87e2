"""What kustomize makes of the overlays, and how to find things in it."""

import functools
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy/kubernetes"
VARIANTS = Path(__file__).parent / "variants"
OVERLAYS = {
    "dev": KUBERNETES / "overlays/dev",
    "production": KUBERNETES / "overlays/production",
    "mutual-tls": VARIANTS / "mutual-tls",
    "gateway-api": VARIANTS / "gateway-api",
}
UNITS = {"catalog": 7101, "lighthouse-audit": 7102, "proxy": 7103, "gateway": 7007}


@functools.cache
def has_kubectl():
    """Whether there is a kubectl whose kustomize knows what the manifests use."""
    if not shutil.which("kubectl"):
        return False
    said = subprocess.run(["kubectl", "version", "--client"], capture_output=True, text=True, check=False, timeout=60).stdout
    return re.search(r"^Kustomize Version: v([5-9]|\d\d)", said, re.MULTILINE) is not None


@functools.cache
def render(overlay):
    """All objects of an overlay."""
    if not has_kubectl():
        raise unittest.SkipTest("the manifests are not tested: there is no kubectl with kustomize 5 or later")
    done = subprocess.run(
        ["kubectl", "kustomize", str(OVERLAYS[overlay])], capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode != 0:
        raise AssertionError(f"{overlay} does not render: {done.stderr}")
    return [found for found in yaml.safe_load_all(done.stdout) if found]


def of_kind(overlay, *kinds):
    return [found for found in render(overlay) if found["kind"] in kinds]


def workloads(overlay):
    return of_kind(overlay, "Deployment", "StatefulSet")


def name_of(found):
    return found["metadata"]["name"]


def pod_of(workload):
    return workload["spec"]["template"]


def containers(workload):
    pod = pod_of(workload)["spec"]
    return pod.get("initContainers", []) + pod["containers"]


def unit_deployment(overlay, unit):
    (found,) = [each for each in workloads(overlay) if name_of(each) == f"callboard-{unit}"]
    return found


def selects(selector, labels):
    """Whether a label selector takes these labels; an empty one takes all."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for rule in selector.get("matchExpressions", []):
        if rule["operator"] != "In":
            raise AssertionError(f"this test does not know the operator {rule['operator']}")
        if labels.get(rule["key"]) not in rule["values"]:
            return False
    return True


def configuration(overlay):
    """The app-config.yaml that the units of an overlay read."""
    (found,) = [each for each in of_kind(overlay, "ConfigMap") if "app-config.yaml" in each["data"]]
    return found["data"]["app-config.yaml"]
