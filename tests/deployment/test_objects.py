"""Every object is valid, refers to what exists, and asks for no right that it does not need."""

import unittest

import kubernetes_validate

from rendered import (
    KUBERNETES, OVERLAYS, containers, name_of, of_kind, pod_of, render, selects, workloads,
)

VERSION = "1.32"
# Of operators: their schemas come with them. What is asserted of these is that there are no others.
FOREIGN = {
    "monitoring.coreos.com/v1": {"ServiceMonitor", "PrometheusRule"},
    "postgresql.cnpg.io/v1": {"Cluster", "Database", "ScheduledBackup"},
    "cert-manager.io/v1": {"Issuer", "Certificate"},
    "gateway.networking.k8s.io/v1": {"HTTPRoute"},
}


class Objects(unittest.TestCase):
    def each(self, look):
        for overlay in OVERLAYS:
            for found in look(overlay):
                with self.subTest(overlay=overlay, kind=found["kind"], name=name_of(found)):
                    yield overlay, found

    def test_every_object_is_valid_to_the_last_field(self):
        for _, found in self.each(render):
            if found["apiVersion"] in FOREIGN:
                self.assertIn(found["kind"], FOREIGN[found["apiVersion"]])
            else:
                kubernetes_validate.validate(found, VERSION, strict=True)

    def test_an_unknown_field_would_be_noticed(self):
        found = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"portz": []}}
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(found, VERSION, strict=True)

    def test_containers_are_restricted(self):
        for _, workload in self.each(workloads):
            pod = pod_of(workload)["spec"]
            self.assertIs(pod["automountServiceAccountToken"], False)
            self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
            self.assertGreater(pod["securityContext"]["runAsUser"], 0)
            self.assertEqual(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault")
            for container in containers(workload):
                context = container["securityContext"]
                self.assertIs(context["allowPrivilegeEscalation"], False)
                self.assertIs(context["readOnlyRootFilesystem"], True)
                self.assertEqual(context["capabilities"], {"drop": ["ALL"]})
                self.assertLessEqual({"cpu", "memory"}, set(container["resources"]["requests"]))
                self.assertIn("memory", container["resources"]["limits"])

    def test_secrets_are_named_never_held(self):
        documented = (KUBERNETES / "README.md").read_text()
        for overlay in OVERLAYS:
            self.assertEqual(of_kind(overlay, "Secret"), [], overlay)
            made = {each["spec"]["secretName"] for each in of_kind(overlay, "Certificate")}
            for workload in workloads(overlay):
                for secret in secrets_of(workload) - made:
                    self.assertIn(f"`{secret}`", documented, f"{overlay}: README.md does not say how {secret} is made")

    def test_what_is_referred_to_exists(self):
        for overlay, workload in self.each(workloads):
            spec = pod_of(workload)["spec"]
            maps = {name_of(each) for each in of_kind(overlay, "ConfigMap")}
            for volume in spec.get("volumes", []):
                if "configMap" in volume:
                    self.assertIn(volume["configMap"]["name"], maps)
            accounts = {name_of(each) for each in of_kind(overlay, "ServiceAccount")}
            if "serviceAccountName" in spec:
                self.assertIn(spec["serviceAccountName"], accounts)
            volumes = {volume["name"] for volume in spec.get("volumes", [])}
            volumes |= {claim["metadata"]["name"] for claim in workload["spec"].get("volumeClaimTemplates", [])}
            for container in containers(workload):
                for mount in container["volumeMounts"]:
                    self.assertIn(mount["name"], volumes)

    def test_services_reach_pods_at_ports_they_have(self):
        for overlay, service in self.each(lambda overlay: of_kind(overlay, "Service")):
            selector = {"matchLabels": service["spec"]["selector"]}
            pods = [each for each in workloads(overlay) if selects(selector, pod_of(each)["metadata"]["labels"])]
            self.assertEqual(len(pods), 1)
            names = {port["name"] for container in containers(pods[0]) for port in container.get("ports", [])}
            for port in service["spec"]["ports"]:
                self.assertIn(port["targetPort"], names)

    def test_autoscalers_and_budgets_are_about_a_deployment(self):
        for overlay, scaler in self.each(lambda overlay: of_kind(overlay, "HorizontalPodAutoscaler")):
            (target,) = [each for each in workloads(overlay) if name_of(each) == scaler["spec"]["scaleTargetRef"]["name"]]
            self.assertNotIn("replicas", target["spec"], "the autoscaler says how many")
        for overlay, budget in self.each(lambda overlay: of_kind(overlay, "PodDisruptionBudget")):
            pods = [each for each in workloads(overlay) if selects(budget["spec"]["selector"], pod_of(each)["metadata"]["labels"])]
            self.assertEqual(len(pods), 1)

    def test_images_are_pinned_in_production(self):
        for workload in workloads("production"):
            for container in containers(workload):
                tag = container["image"].rpartition(":")[2]
                self.assertRegex(tag, r"^\d", container["image"])


def secrets_of(workload):
    spec = pod_of(workload)["spec"]
    names = {volume["secret"]["secretName"] for volume in spec.get("volumes", []) if "secret" in volume}
    for container in containers(workload):
        names |= {each["secretRef"]["name"] for each in container.get("envFrom", []) if "secretRef" in each}
        for variable in container.get("env", []):
            reference = variable.get("valueFrom", {}).get("secretKeyRef")
            if reference:
                names.add(reference["name"])
    return names


if __name__ == "__main__":
    unittest.main()
