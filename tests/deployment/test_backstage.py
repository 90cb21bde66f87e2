"""A company that comes from Backstage starts with the configuration it has. Here it is that of a new Backstage app, from its package."""

import shutil
import unittest
import urllib.error
import urllib.parse
import urllib.request

from rendered import ROOT
from stack import Database, Stack, eventually, send, temporary_folder

TEMPLATE = ROOT / "tests/deployment/node_modules/@backstage/create-app/templates/default-app"
TOKEN = "kept-in-a-pipeline-of-theirs"
# What their deployment adds: a token that a pipeline uses.
LOCAL = f"""
backend:
  auth:
    externalAccess:
      - type: static
        options: {{ token: {TOKEN}, subject: ci }}
"""


class ComingFromBackstage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not TEMPLATE.is_dir():
            raise AssertionError(f"{TEMPLATE} is missing: ./dev test deployment installs it")
        server = urllib.parse.urlparse(Database().url)
        folder = temporary_folder(cls.addClassCleanup)
        shutil.copytree(TEMPLATE / "examples", folder / "examples")
        shutil.copy(TEMPLATE / "app-config.yaml.hbs", folder / "app-config.yaml")
        shutil.copy(TEMPLATE / "app-config.production.yaml", folder)
        (folder / "app-config.local.yaml").write_text(LOCAL)
        files = [folder / f"app-config{name}.yaml" for name in ("", ".production", ".local")]
        environment = {
            "GITHUB_TOKEN": "unused",
            "POSTGRES_HOST": server.hostname, "POSTGRES_PORT": str(server.port or 5432),
            "POSTGRES_USER": urllib.parse.unquote(server.username or ""),
            "POSTGRES_PASSWORD": urllib.parse.unquote(server.password or "unused"),
        }
        cls.stack = Stack(*files, units=("catalog", "proxy", "gateway"), folder=folder, environment=environment, connects=False)
        cls.stack.__enter__()
        cls.addClassCleanup(cls.stack.__exit__)
        cls.token = cls.stack.guest()

    def test_their_entities_are_there_with_their_relations(self):
        name = "/api/catalog/entities/by-name/component/default/example-website"
        eventually("their component", lambda: send(self.stack.url + name, token=self.token)[0] == 200)
        related = eventually("its relations", lambda: self.stack.get(name, self.token).get("relations"))
        self.assertIn({"type": "ownedBy", "targetRef": "group:default/guests"}, related)
        for ref in ("user/default/guest", "template/default/example-nodejs-template"):
            path = f"/api/catalog/entities/by-name/{ref}"
            eventually(ref, lambda path=path: send(self.stack.url + path, token=self.token)[0] == 200)

    def test_their_tokens_are_taken_and_others_are_not(self):
        self.stack.get("/api/catalog/entities?limit=1", TOKEN)
        for token in (None, "of somebody else"):
            self.assertEqual(send(f"{self.stack.url}/api/catalog/entities?limit=1", token=token)[0], 401)

    def test_their_frontend_may_call_from_where_it_is(self):
        def allowed(origin):
            headers = {"origin": origin, "access-control-request-method": "GET", "access-control-request-headers": "authorization"}
            request = urllib.request.Request(f"{self.stack.url}/api/catalog/entities", headers=headers, method="OPTIONS")
            try:
                answer = urllib.request.urlopen(request, timeout=30)
            except urllib.error.HTTPError as error:
                # A preflight that is not one of an origin they named is a request without credentials.
                answer = error
            with answer:
                return answer.headers["access-control-allow-origin"], answer.headers["access-control-allow-credentials"]

        self.assertEqual(allowed("http://localhost:3000"), ("http://localhost:3000", "true"))
        self.assertNotEqual(allowed("http://evil.example.com")[0], "http://evil.example.com")

    def test_a_database_that_cannot_serve_them_is_named_with_its_line(self):
        # Without the file for production it is SQLite in memory.
        with self.assertRaisesRegex(AssertionError, r"app-config\.yaml:\d+:\d+: backend\.database\.client"):
            with Stack(self.stack.folder / "app-config.yaml", folder=self.stack.folder, units=("catalog",), connects=False,
                       environment={"GITHUB_TOKEN": "unused"}):
                pass


if __name__ == "__main__":
    unittest.main()
