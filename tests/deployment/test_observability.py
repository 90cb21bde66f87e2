"""Dashboards and alerts are about metrics that exist, and every alert says what to do."""

import json
import re
import unittest

import yaml

from rendered import ROOT, of_kind

OBSERVABILITY = ROOT / "deploy/observability"
# Of Prometheus itself, and of the crate that looks at the process.
BUILT_IN = {"up", "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_max_fds"}
NAME = re.compile(r"\b(?:callboard|catalog|lighthouse|proxy|gateway)_[a-z0-9_]+\b")


def recorded_metrics():
    """The names of the metrics in the sources, with what Prometheus makes of a histogram."""
    names = set()
    for folder in ("services", "gateway"):
        for file in (ROOT / folder).rglob("src/**/*.rs"):
            for kind, name in re.findall(r"(counter|gauge|histogram)!\(\s*\"([a-z0-9_]+)\"", file.read_text()):
                names |= {name + end for end in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))}
    return names


def alerts():
    groups = yaml.safe_load((OBSERVABILITY / "prometheus/alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def queries():
    """The queries of the dashboards' panels, by where they stand."""
    found = {}
    for file in sorted((OBSERVABILITY / "grafana/dashboards").glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            found |= {f"{file.name}: {panel['title']} {target['refId']}": target["expr"] for target in panel.get("targets", [])}
    return found


def metrics_in(expression):
    # Labels and their values are no metrics.
    return set(NAME.findall(re.sub(r"\{[^}]*\}|\b(by|without) \([^)]*\)", "", expression)))


class Observability(unittest.TestCase):
    def test_alerts_and_dashboards_name_metrics_that_exist(self):
        known = recorded_metrics()
        self.assertGreater(len(known), 15)
        expressions = {rule["alert"]: rule["expr"] for rule in alerts()} | queries()
        self.assertGreater(len(expressions), 30)
        for where, expression in expressions.items():
            used = metrics_in(expression)
            self.assertTrue(used or any(name in expression for name in BUILT_IN), where)
            self.assertEqual(used - known, set(), where)

    def test_every_alert_has_a_runbook(self):
        operations = (ROOT / "docs/operations.md").read_text()
        headings = {heading.lower() for heading in re.findall(r"^#+ (\w+)$", operations, re.MULTILINE)}
        for rule in alerts():
            page, _, anchor = rule["annotations"]["runbook"].partition("#")
            self.assertEqual(page, "docs/operations.md")
            self.assertEqual(anchor, rule["alert"].lower())
            self.assertIn(anchor, headings)

    def test_the_operator_and_the_file_have_the_same_alerts(self):
        (rule,) = of_kind("production", "PrometheusRule")
        file = yaml.safe_load((OBSERVABILITY / "prometheus/alerts.yaml").read_text())
        self.assertEqual(rule["spec"]["groups"], file["groups"])


if __name__ == "__main__":
    unittest.main()
