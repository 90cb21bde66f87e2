"""The network policies let through the arrows of docs/architecture.md, and nothing else."""

import ipaddress
import unittest

from rendered import OVERLAYS, containers, name_of, of_kind, pod_of, selects, workloads

STORE_USERS = ("catalog", "lighthouse-audit", "proxy", "gateway")
# Who speaks to whom, at which port of the pod.
ARROWS = {
    ("frontend", "gateway", 7007),
    ("gateway", "catalog", 7101),
    ("gateway", "lighthouse-audit", 7102),
    ("gateway", "proxy", 7103),
    # Which entities name a website to be audited.
    ("lighthouse-audit", "catalog", 7101),
    *((unit, "postgres", 5432) for unit in STORE_USERS),
    *((unit, "redis", 6379) for unit in STORE_USERS),
}
# Whom the internet may be reached by, and whom the door and the watchers may reach.
TO_THE_INTERNET = {"catalog": {80, 443}, "lighthouse-audit": {80, 443}, "proxy": {80, 443}, "gateway": {443}}
FROM_THE_DOOR = {("frontend", 8080), ("gateway", 7007)}
FROM_WATCHERS = {("catalog", 7201), ("lighthouse-audit", 7202), ("proxy", 7203), ("gateway", 7207)}
PORTS = sorted({port for *_, port in ARROWS} | {8080, 11211, 53, 22, 443, 80} | {port for _, port in FROM_WATCHERS})


class Pod:
    def __init__(self, name, labels, ports):
        self.name, self.labels, self.ports = name, labels, ports


def pods(overlay):
    found = [
        Pod(
            name_of(each).removeprefix("callboard-"),
            pod_of(each)["metadata"]["labels"],
            {port["name"]: port["containerPort"] for container in containers(each) for port in container.get("ports", [])},
        )
        for each in workloads(overlay)
    ]
    for cluster in of_kind(overlay, "Cluster"):
        found.append(Pod("postgres", cluster["spec"]["inheritedMetadata"]["labels"], {"postgres": 5432}))
    return found


class Policies:
    def __init__(self, overlay):
        self.all = of_kind(overlay, "NetworkPolicy")

    def lets(self, direction, pod, port, peer_matches, target):
        """Whether some policy of a pod lets a peer through at a port of the target pod."""
        key, side = ("ingress", "from") if direction == "Ingress" else ("egress", "to")
        own = [each["spec"] for each in self.all if selects(each["spec"]["podSelector"], pod.labels)]
        own = [spec for spec in own if direction in spec["policyTypes"]]
        assert own, f"nothing isolates {pod.name}"
        for rule in (rule for spec in own for rule in spec.get(key, [])):
            numbers = {target.ports.get(each["port"], each["port"]) for each in rule.get("ports", [])}
            assert numbers, "a rule without ports lets everything through"
            assert rule.get(side), "a rule without peers lets everybody through"
            if port in numbers and any(peer_matches(peer) for peer in rule[side]):
                return True
        return False


def is_pod(labels):
    return lambda peer: "podSelector" in peer and "namespaceSelector" not in peer and selects(peer["podSelector"], labels)


def is_role(role):
    return lambda peer: peer.get("namespaceSelector", {}).get("matchLabels", {}).get("callboard.dev/role") == role


def is_address(text):
    address = ipaddress.ip_address(text)

    def matches(peer):
        block = peer.get("ipBlock")
        if block is None or ipaddress.ip_network(block["cidr"]).version != address.version:
            return False
        inside = address in ipaddress.ip_network(block["cidr"])
        return inside and not any(address in ipaddress.ip_network(each) for each in block.get("except", []))

    return matches


class Network(unittest.TestCase):
    maxDiff = None

    def test_exactly_the_arrows_are_let_through(self):
        for overlay in OVERLAYS:
            policies, all_pods = Policies(overlay), pods(overlay)
            self.assertEqual(len(all_pods), 7, overlay)
            seen = {
                (source.name, target.name, port)
                for source in all_pods
                for target in all_pods
                for port in PORTS
                if source is not target
                and (
                    # Stores and the like have no egress policy of their own but the one that lets nobody out.
                    policies.lets("Egress", source, port, is_pod(target.labels), target)
                    and policies.lets("Ingress", target, port, is_pod(source.labels), target)
                )
            }
            # A memcached may stand where the Redis does.
            seen = {arrow for arrow in seen if arrow[1:] != ("redis", 11211)}
            self.assertEqual(seen, ARROWS, overlay)

    def test_each_arrow_is_allowed_at_both_ends_or_at_none(self):
        for overlay in OVERLAYS:
            policies, all_pods = Policies(overlay), pods(overlay)
            for source in all_pods:
                for target in all_pods:
                    for port in PORTS:
                        out = policies.lets("Egress", source, port, is_pod(target.labels), target)
                        into = policies.lets("Ingress", target, port, is_pod(source.labels), target)
                        # Named ports make an ingress narrower than its egress, never wider.
                        if source is not target and into:
                            self.assertTrue(out, f"{overlay}: {source.name} -> {target.name}:{port} only at its end")

    def test_only_the_public_internet_is_reached_and_only_by_some(self):
        for overlay in OVERLAYS:
            policies = Policies(overlay)
            for pod in pods(overlay):
                reached = {port for port in PORTS if policies.lets("Egress", pod, port, is_address("93.184.216.34"), pod)}
                self.assertEqual(reached, TO_THE_INTERNET.get(pod.name, set()), f"{overlay}: {pod.name}")
                for inside in ("10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1"):
                    for port in PORTS:
                        let = policies.lets("Egress", pod, port, is_address(inside), pod)
                        self.assertFalse(let, f"{overlay}: {pod.name} -> {inside}:{port}")

    def test_the_door_and_the_watchers_reach_what_is_theirs(self):
        for overlay in OVERLAYS:
            policies, all_pods = Policies(overlay), pods(overlay)
            for role, expected in (("door", FROM_THE_DOOR), ("watcher", FROM_WATCHERS)):
                seen = {
                    (pod.name, port)
                    for pod in all_pods
                    for port in PORTS
                    if policies.lets("Ingress", pod, port, is_role(role), pod)
                }
                self.assertEqual(seen, expected, f"{overlay}: {role}")


if __name__ == "__main__":
    unittest.main()
