"""EMR and S3 as far as the verbs of a running cluster ask them, on 127.0.0.1. Every request, and every answer that a test
gives, must fit botocore's service model."""
import email.utils
import hashlib
import http.server
import json
import threading
import time
import urllib.parse
from xml.sax.saxutils import escape

import botocore.session
import botocore.validate

MODEL = botocore.session.get_session().get_service_model("emr")


def misfits(value, shape):
    """What of a request or an answer is not in the model, the choices of enumerations among it."""
    report = botocore.validate.ParamValidator().validate(value, shape)
    return ([report.generate_report()] if report.has_errors() else []) + wrong_choices(value, shape, shape.name)


def wrong_choices(value, shape, path):
    if shape.type_name == "structure":
        return [w for key, item in value.items() if key in shape.members
                for w in wrong_choices(item, shape.members[key], f"{path}.{key}")]
    if shape.type_name == "list":
        return [w for i, item in enumerate(value) for w in wrong_choices(item, shape.member, f"{path}[{i}]")]
    if shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        return [f"{path}: {value}"]
    return []


class Refusal(Exception):
    def __init__(self, code, message, status=400):
        self.code, self.message, self.status = code, message, status


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", content_type="application/x-amz-json-1.1", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_POST(self):
        action = self.headers["X-Amz-Target"].removeprefix("ElasticMapReduce.")
        request = json.loads(self.body())
        aws = self.server.aws
        operation = MODEL.operation_model(action)
        aws.faults += [f"{action}: {m}" for m in misfits(request, operation.input_shape)]
        with aws.lock:
            aws.asked.append((action, request))
            try:
                answers = aws.answers[action]
                # A list is used up but for its last one.
                answer = (answers.pop(0) if len(answers) > 1 else answers[0]) if isinstance(answers, list) else answers
                answer = answer(request) if callable(answer) else answer
                if isinstance(answer, Refusal):
                    raise answer
            except Refusal as refusal:
                self.answer(refusal.status, json.dumps({"__type": refusal.code, "message": refusal.message}).encode())
                return
        if operation.output_shape:
            aws.faults += [f"answer of {action}: {m}" for m in misfits(answer, operation.output_shape)]
        self.answer(200, json.dumps(answer).encode())

    def key(self):
        return urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).lstrip("/")

    def do_PUT(self):
        content = self.body()
        self.server.aws.puts.append(self.key())
        self.server.aws.put(self.key(), content)
        self.answer(200, headers=[("ETag", f'"{hashlib.md5(content).hexdigest()}"')])

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        aws = self.server.aws
        if aws.denied:
            return self.answer(403, b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        if "prefix" in query:
            bucket = self.key().rstrip("/")
            return self.answer(200, aws.listing(bucket, query["prefix"]), "application/xml")
        if self.key() not in aws.objects:
            return self.answer(404)
        content, modified = aws.objects[self.key()]
        self.answer(200, content, "binary/octet-stream",
                    [("ETag", f'"{hashlib.md5(content).hexdigest()}"'),
                     ("Last-Modified", email.utils.formatdate(modified, usegmt=True))])

    def log_message(self, *arguments):
        pass


class FakeAws:
    """`answers`: by action what EMR says: an answer, a Refusal, a function of the request, or a list of them in turn."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.faults = []
        self.objects = {}  # "bucket/key": (bytes, seconds)
        self.puts = []
        self.denied = False
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.aws = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def put(self, key, content, modified=None):
        self.objects[key] = (content, modified or time.time())

    def listing(self, bucket, prefix):
        items = "".join(
            f"<Contents><Key>{escape(key.removeprefix(bucket + '/'))}</Key><Size>{len(content)}</Size>"
            f"<ETag>{hashlib.md5(content).hexdigest()}</ETag><LastModified>"
            f"{time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(modified))}</LastModified></Contents>"
            for key, (content, modified) in sorted(self.objects.items()) if key.startswith(f"{bucket}/{prefix}"))
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{items}</ListBucketResult>".encode()

    def actions(self):
        return [action for action, _ in self.asked]

    def requests(self, action):
        return [request for asked, request in self.asked if asked == action]

    def environment(self, home):
        url = f"http://127.0.0.1:{self.server.server_port}"
        return {"AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "TOPSECRETKEY", "HOME": str(home), "PATH": "/usr/bin:/bin"}
