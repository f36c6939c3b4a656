"""What stands between Ember and the stand-ins of AWS: it checks each request against botocore's service models, sends
it on to the service's stand-in, and can kill a process at a call."""
import contextlib
import http.client
import http.server
import json
import threading
import urllib.parse

import botocore.session
import botocore.validate

# The version in a Query request tells the service.
QUERY = {"2010-05-15": "cloudformation", "2010-08-01": "cloudwatch", "2011-06-15": "sts"}


def form_value(shape, form, prefix, used):
    """The part of a form below `prefix`, as the model nests it."""
    if shape.type_name == "structure":
        out = {}
        for name, member in shape.members.items():
            value = form_value(member, form, f"{prefix}.{name}".lstrip("."), used)
            if value is not None:
                out[name] = value
        return out or None
    if shape.type_name == "list":
        out = []
        while (value := form_value(shape.member, form, f"{prefix}.member.{len(out) + 1}", used)) is not None:
            out.append(value)
        if prefix in form:
            used.add(prefix)  # an empty list
        return out or None
    if prefix not in form:
        return None
    used.add(prefix)
    text = form[prefix]
    if shape.type_name == "boolean":
        return {"true": True, "false": False}[text]
    return {"integer": int, "long": int, "double": float, "float": float}.get(shape.type_name, str)(text)


def wrong_choices(value, shape, path):
    """Values that an enumeration of the model does not list: the validator does not look."""
    if shape.type_name == "structure":
        return [w for key, item in value.items() for w in wrong_choices(item, shape.members[key], f"{path}.{key}")]
    if shape.type_name == "list":
        return [w for i, item in enumerate(value) for w in wrong_choices(item, shape.member, f"{path}[{i}]")]
    if shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        return [f"{path}: {value}"]
    return []


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service, action, request = self.check(body)
        server = self.server
        if action in server.before:
            server.before[action](request)
        server.asked.append(f"{service}:{action}")
        kill = server.kill if server.kill and server.kill[0] == action else None
        if kill:
            server.kill = None
        if kill and kill[1] == "before":
            kill[2]()
            return
        status, headers, answer = self.pass_on(server.targets[service], body)
        if kill:
            kill[2]()
            return
        with contextlib.suppress(BrokenPipeError):
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def check(self, body):
        target = self.headers.get("X-Amz-Target", "")
        models = self.server.models
        if target:
            service, action, request = "emr", target.split(".")[1], json.loads(body)
            assert target.startswith("ElasticMapReduce."), target
        else:
            form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
            service, action = QUERY[form.pop("Version")], form.pop("Action")
        shape = models.get_service_model(service).operation_model(action).input_shape
        problems = []
        if not target:
            used = set()
            request = form_value(shape, form, "", used) or {}
            problems += [f"no such field: {name}" for name in form if name not in used]
        report = botocore.validate.ParamValidator().validate(request, shape)
        if report.has_errors():
            problems.append(report.generate_report())
        else:
            problems += wrong_choices(request, shape, action)
        self.server.problems += [f"{action}: {problem}" for problem in problems]
        return service, action, request

    def pass_on(self, address, body):
        connection = http.client.HTTPConnection(address, timeout=60)
        connection.putrequest("POST", self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        return response.status, response.getheaders(), answer

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def recording_proxy(**targets):
    """A proxy in front of the stand-ins: "host:port" by service."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.targets, server.asked, server.problems, server.kill, server.before = targets, [], [], None, {}
    server.models = botocore.session.get_session()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        server.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
