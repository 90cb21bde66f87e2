"""What docs/operations.md promises: a backup brings everything back, and a release rolls out while people work."""

import http.server
import threading
import unittest

from stack import Stack, eventually, free_ports, send, temporary_folder

COMPONENT = """
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{ name: {name}, description: {description} }}
spec: {{ type: service, lifecycle: production, owner: team }}
"""
OPEN = {"auth": {"dangerouslyDisableDefaultAuthPolicy": True}, "reading": {"allow": [{"host": "127.0.0.1:1024-65535"}]}}


class Repository:
    """A web server with one descriptor, as somebody's repository."""

    def __init__(self, text):
        this = self
        self.text = text

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(this.text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/catalog-info.yaml"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Backup(unittest.TestCase):
    def answers(self, stack):
        """What people see of the catalog: entities with their identity, registrations, counts."""
        entities = stack.get("/api/catalog/entities/by-query?orderField=metadata.uid,asc&limit=100")
        locations = sorted(stack.get("/api/catalog/locations"), key=lambda each: each["data"]["id"])
        return entities, locations, stack.get("/api/catalog/entity-facets?facet=kind&facet=metadata.name")

    def test_a_restored_dump_gives_the_same_answers(self):
        repository = Repository(COMPONENT.format(name="registered", description="once"))
        self.addCleanup(repository.close)
        overlay = {"backend": OPEN, "catalog": {"locations": []}}
        dump = temporary_folder(self.addCleanup) / "catalog.dump"
        with Stack(overlay=overlay) as stack:
            status, answer = send(f"{stack.url}/api/catalog/locations", {"type": "url", "target": repository.url})
            self.assertEqual(status, 201, answer)
            eventually("the component", lambda: "registered" in str(self.answers(stack)[2]))
            before = self.answers(stack)
            # While it serves.
            name, database = stack.database_of("catalog"), stack.database
            database.run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", database.of(name))

        # Another server, as after a fire; the file that was registered cannot be read from there.
        address, repository.text = repository.url, "gone"
        with_restored = Stack(overlay=overlay)
        name = with_restored.database_of("catalog")
        database.execute("postgres", f"CREATE DATABASE {name}")
        self.addCleanup(database.drop, name)
        database.run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database.of(name)}", str(dump))
        with with_restored as stack:
            self.assertEqual(self.answers(stack), before)
            # And it goes on from there.
            repository.text = COMPONENT.format(name="registered", description="twice")
            status, answer = send(f"{stack.url}/api/catalog/refresh", {"entityRef": "component:default/registered"})
            self.assertEqual(status, 200, answer)
            eventually(f"{address} is read again", lambda: "twice" in str(self.answers(stack)))


class Load:
    """Reads and writes all the time, and remembers every answer that was not good."""

    def __init__(self, url, target):
        self.url, self.target, self.failures, self.answered = url, target, [], 0
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(3)]

    def work(self, number):
        turn = 0
        while not self.over.is_set():
            turn += 1
            # Never the same twice, so that no cache answers.
            path, body = f"/api/catalog/entities/by-query?limit=1&offset={number + 3 * turn}", None
            if turn % 20 == 0:
                path, body = "/api/catalog/refresh", {"entityRef": self.target}
            status, answer = send(self.url + path, body)
            if status != 200:
                self.failures.append((path, status, answer))
            self.answered += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def goes_on(self):
        """Waits until some more requests have been answered."""
        goal = self.answered + 60
        eventually("requests are answered", lambda: self.answered >= goal)


SHOP = "/api/catalog/entities/by-name/component/default/shop"


class Upgrade(unittest.TestCase):
    def test_a_release_with_a_new_schema_rolls_out_and_back_while_people_work(self):
        one, one_admin, two, two_admin = free_ports(4)

        def at(listen, admin):
            return {"backend": {"services": {"catalog": {
                "listen": f"127.0.0.1:{listen}", "adminListen": f"127.0.0.1:{admin}",
                "address": f"127.0.0.1:{one},127.0.0.1:{two}",
            }}}}

        descriptor = temporary_folder(self.addCleanup) / "shop.yaml"
        descriptor.write_text(COMPONENT.format(name="shop", description="sells"))
        overlay = at(one, one_admin) | {"catalog": {"locations": [{"type": "file", "target": str(descriptor)}]}}
        overlay["backend"] |= OPEN | {"lifecycle": {"serverShutdownDelay": "1500ms"}}
        stack = Stack(overlay=overlay)
        old = stack.processes["catalog"]
        old.admin = one_admin
        with stack:
            eventually("the shop is there", lambda: send(stack.url + SHOP)[0] == 200)
            new = stack.process("catalog", f"127.0.0.1:{two_admin}", stack.write("two.json", at(two, two_admin)))
            self.addCleanup(new.stop)
            with Load(stack.url, "component:default/shop") as load:
                load.goes_on()
                # The next release's migration, of the kind that CONTRIBUTING.md allows, beside replicas that do not know of it.
                name = stack.database_of("catalog")
                for statement in (
                    "ALTER TABLE final_entity ADD COLUMN of_the_next_release text",
                    "CREATE TABLE of_the_next_release (id bigint PRIMARY KEY)",
                    "CREATE INDEX CONCURRENTLY of_the_next_release_by_text ON final_entity (of_the_next_release)",
                    "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)"
                    " VALUES (20990101000000, 'of the next release', true, '', 0)",
                ):
                    stack.database.execute(name, statement)
                load.goes_on()
                # The roll-out: one replica more, then the old one goes.
                new.start()
                load.goes_on()
                old.stop()
                load.goes_on()
                # And back: the release before starts on the newer schema.
                old.start()
                load.goes_on()
                new.stop()
                load.goes_on()
            self.assertEqual(load.failures, [])


if __name__ == "__main__":
    unittest.main()
