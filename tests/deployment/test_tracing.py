"""A request is one trace, from the browser over gateway and catalog to the database."""

import threading
import unittest
import urllib.request
from concurrent import futures

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from stack import Stack

# The example of the W3C recommendation: the trace, and the span of the browser.
TRACE = bytes.fromhex("0af7651916cd43dd8448eb211c80319c")
BROWSER = bytes.fromhex("b7ad6b7169203331")


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """What units send over OTLP, by the process that sent it."""

    def __init__(self):
        self.spans, self.lock = [], threading.Lock()
        self.server = grpc.server(futures.ThreadPoolExecutor(4))
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(self, self.server)
        self.endpoint = f"http://127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def Export(self, request, context):
        with self.lock:
            for process in request.resource_spans:
                service = texts(process.resource.attributes)["service.name"]
                self.spans += [(service, span) for scope in process.scope_spans for span in scope.spans]
        return trace_service_pb2.ExportTraceServiceResponse()


def texts(attributes):
    return {each.key: each.value.string_value for each in attributes}


class Tracing(unittest.TestCase):
    def test_it_goes_from_the_browser_to_the_statements_of_the_database(self):
        collector = Collector()
        self.addCleanup(lambda: collector.server.stop(None).wait())
        overlay = {"backend": {
            "auth": {"dangerouslyDisableDefaultAuthPolicy": True}, "telemetry": {"otlp": {"endpoint": collector.endpoint}},
        }}
        with Stack(overlay=overlay) as stack:
            # What only the database knows. The header is the one that the web interface sends.
            traceparent = f"00-{TRACE.hex()}-{BROWSER.hex()}-01"
            request = urllib.request.Request(f"{stack.url}/api/catalog/locations", headers={"traceparent": traceparent})
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.assertEqual(answer.status, 200)
        # Units have sent what was left when they stopped.
        trace = [(service, span) for service, span in collector.spans if span.trace_id == TRACE]

        def below(parent, service, kind):
            found = [span for of, span in trace if of == service and span.parent_span_id == parent and span.kind == kind]
            self.assertTrue(found, f"no span of {service} below {parent.hex()} in {trace}")
            return found[0]

        gateway = below(BROWSER, "callboard-gateway", Span.SPAN_KIND_SERVER)
        catalog = below(gateway.span_id, "callboard-catalog", Span.SPAN_KIND_SERVER)
        statement = below(catalog.span_id, "callboard-catalog", Span.SPAN_KIND_CLIENT)
        self.assertEqual(statement.name, "SELECT")
        attributes = texts(statement.attributes)
        self.assertEqual(attributes["db.system.name"], "postgresql")
        self.assertIn("location", attributes["db.query.text"])
        self.assertLessEqual(catalog.start_time_unix_nano, statement.start_time_unix_nano)
        self.assertLessEqual(statement.start_time_unix_nano, statement.end_time_unix_nano)


if __name__ == "__main__":
    unittest.main()
