"""Every request to Glue, CloudWatch and CloudWatch Logs, by the service models of botocore."""
import http.server
import json
import threading
import urllib.error
import urllib.parse
import urllib.request

import botocore.session
import botocore.validate
import pytest

from test_cloudwatch import TOP
from test_outputs import ROWS, TABLE

SERVICES = {"AWSGlue": "glue", "Logs_20140328": "logs"}


def nested(form, shape):
    """A form of the Query protocol as the structure it stands for."""
    if shape.type_name == "structure":
        names = {key.partition(".")[0] for key in form}
        unknown = names - set(shape.members)
        assert not unknown, unknown
        return {name: nested({key.partition(".")[2]: value for key, value in form.items()
                              if key.partition(".")[0] == name}, shape.members[name]) for name in names}
    if shape.type_name == "list":
        numbers = sorted({int(key.split(".")[1]) for key in form})
        assert numbers == list(range(1, len(numbers) + 1))
        return [nested({key.split(".", 2)[2] if key.count(".") > 1 else "": value for key, value in form.items()
                        if key.split(".")[1] == str(number)}, shape.member) for number in numbers]
    [text] = form.values()
    return {"double": float, "integer": int, "boolean": bool}.get(shape.type_name, str)(text)


@pytest.fixture
def watched(aws):
    """The address of a proxy before moto, and the (service, action, request) that passed it."""
    seen = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target = self.headers.get("X-Amz-Target")
            if target:
                prefix, _, action = target.partition(".")
                seen.append((SERVICES[prefix], action, json.loads(body)))
            else:
                form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
                assert form.pop("Version") == "2010-08-01"
                action = form.pop("Action")
                model = botocore.session.get_session().get_service_model("cloudwatch")
                seen.append(("cloudwatch", action, nested(form, model.operation_model(action).input_shape)))
            request = urllib.request.Request(aws.url + self.path, body, {
                name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")})
            try:
                answer = urllib.request.urlopen(request)
            except urllib.error.HTTPError as error:
                answer = error
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()


def test_requests_fit_the_service_models(aws, watched):
    url, seen = watched
    environment = {f"AWS_ENDPOINT_URL_{name}": url for name in ("GLUE", "CLOUDWATCH", "CLOUDWATCH_LOGS")}
    aws.ember("run", aws.pipeline(ROWS, TABLE, TOP), environment=environment)
    columns = "ticker STRING, close DOUBLE, volume BIGINT, day DATE"
    aws.ember("run", aws.pipeline(["A,1.5,100,2024-01-03"], TABLE, TOP, columns=columns), environment=environment)
    asked = {(service, action) for service, action, _ in seen}
    assert {action for service, action in asked if service == "glue"} == {
        "GetTable", "GetDatabase", "CreateDatabase", "CreateTable", "UpdateTable", "GetPartitions", "BatchCreatePartition",
        "BatchUpdatePartition", "BatchDeletePartition"}
    assert ("cloudwatch", "PutMetricData") in asked and ("logs", "PutLogEvents") in asked
    for service, action, request in seen:
        shape = botocore.session.get_session().get_service_model(service).operation_model(action).input_shape
        report = botocore.validate.ParamValidator().validate(request, shape)
        assert not report.has_errors(), f"{action}: {report.generate_report()}"
        unknown = set(request) - set(shape.members)
        assert not unknown, f"{action}: {unknown}"
