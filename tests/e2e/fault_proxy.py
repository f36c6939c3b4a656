"""A proxy between a client and the S3 server of the tests that does to requests what networks and services do to them.

A share of the requests (`rate`, by a seeded choice) meets one of the faults named in `kinds`; `once` holds faults for
the first requests of an operation. Bodies and headers pass unchanged, signatures with them: what is verified is what
the client signed for this proxy's address.
"""
import collections
import random
import re
import socket
import socketserver
import struct
import threading
import time

Request = collections.namedtuple("Request", "method target headers body operation")
Seen = collections.namedtuple("Seen", "operation target fault key_id")

XML = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>{}</Code><Message>{}</Message>{}</Error>'


def answer(status, code, message, extra="", headers=""):
    body = XML.format(code, message, extra).encode()
    return (f"HTTP/1.1 {status} X\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
            .encode() + body)


# Instead of an answer of the server's.
ANSWERS = {
    "slow_down": answer(503, "SlowDown", "Please reduce your request rate."),
    "bad_gateway": answer(502, "BadGateway", "Bad Gateway"),
    "internal": answer(500, "InternalError", "We encountered an internal error."),
    "expired": answer(400, "ExpiredToken", "The provided token has expired."),
    "error_in_200": answer(200, "InternalError", "We encountered an internal error."),
    "denied": answer(403, "AccessDenied", "Access Denied"),
    "moved": answer(301, "PermanentRedirect", "Use the right endpoint.", headers="x-amz-bucket-region: eu-west-3\r\n"),
    "wrong_scope": answer(400, "AuthorizationHeaderMalformed", "The region is wrong; expecting 'eu-west-3'",
                          "<Region>eu-west-3</Region>", "x-amz-bucket-region: eu-west-3\r\n"),
}
# What the bar speaks of: "lost" is a reset after the server has acted. Beside them there are "slow", which takes
# `slow_s` for a body, "stall", which gives half of it and then nothing more, and "corrupt" and
# "corrupt_request", which change a bit of a body on its way. "die", "die_torn" and "die_after" call `kill`
# when nothing, half or all of the request has reached the server; nobody hears of an answer.
DEATHS = ("die", "die_torn", "die_after")
PASSING = ("slow_down", "internal", "reset", "lost", "truncate")


def operation_of(method, target):
    path, _, query = target.partition("?")
    names = {part.split("=")[0] for part in query.split("&") if part}
    has_key = "/" in path.strip("/")
    if "uploadId" in names:
        return {"PUT": "UploadPart", "POST": "Complete", "DELETE": "Abort", "GET": "ListParts"}[method]
    if "uploads" in names:
        return "CreateUpload" if method == "POST" else "ListUploads"
    if "delete" in names:
        return "DeleteObjects"
    return {"GET": "Get" if has_key else "List", "PUT": "Put", "HEAD": "Head", "DELETE": "Delete"}.get(method, method)


class FaultProxy:
    """`with FaultProxy("127.0.0.1:7070") as proxy:` listens at proxy.url."""

    def __init__(self, upstream, rate=0.0, kinds=PASSING, once=(), seed=1, slow_s=0.0):
        host, port = upstream.rsplit(":", 1)
        self.upstream = (host, int(port))
        self.rate, self.kinds, self.slow_s = rate, tuple(kinds), slow_s
        self.once = list(once)  # (operation, fault)
        self.decide = None  # a function of the request that names a fault, or nothing
        self.kill = None
        self.connections = 0
        self.upstreams = {}  # by access key: other servers on the same data, that know other keys
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.seen = []

    def __enter__(self):
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with proxy.lock:
                    proxy.connections += 1
                try:
                    proxy.serve(self.request)
                except (OSError, ValueError):  # a client that died in the middle of its request
                    pass
                finally:
                    with proxy.lock:
                        proxy.connections -= 1

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 128

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = "http://" + self.address
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait_until_idle(self):
        """Until all that a client that has ended had sent has arrived."""
        while self.connections:
            time.sleep(0.005)

    def faults(self):
        return collections.Counter(seen.fault for seen in self.seen if seen.fault)

    def operations(self):
        return collections.Counter(seen.operation for seen in self.seen)

    def choose(self, request):
        fault = self.decide(request) if self.decide else None
        with self.lock:
            for row in self.once:
                if fault is None and row[0] == request.operation:
                    self.once.remove(row)
                    fault = row[1]
                    break
            if fault is None and self.rate > 0 and self.random.random() < self.rate:
                fault = self.random.choice(self.kinds)
            self.seen.append(Seen(request.operation, request.target, fault, key_of(request)))
            return fault

    def serve(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = client.makefile("rb")
        while True:
            head, request = read_request(reader)
            if request is None:
                return
            fault = self.choose(request)
            if fault == "reset":
                return reset(client)
            if fault in DEATHS:
                self.die(fault, head, request)
                return reset(client)
            if fault in ANSWERS:
                # HEAD has no body, but the headers stay.
                whole = ANSWERS[fault]
                client.sendall(whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if request.method == "HEAD" else whole)
                continue
            if fault == "corrupt_request":
                request = request._replace(body=flipped(request.body))
            status_line, headers, body = self.ask(head, request)
            if fault == "corrupt":
                body = flipped(body)
            if fault == "lost":
                return reset(client)
            if fault == "truncate":
                # A body that ends too early; without a body, half a header.
                client.sendall((status_line + headers)[:-20] if len(body) < 2 else status_line + headers)
                client.sendall(body[:len(body) // 2])
                return
            if fault == "stall":
                client.sendall(status_line + headers + body[:len(body) // 2])
                time.sleep(self.slow_s)
                return
            if fault == "slow" and body:
                client.sendall(status_line + headers)
                for first in range(0, len(body), max(1, len(body) // 4)):
                    time.sleep(self.slow_s / 4)
                    client.sendall(body[first:first + max(1, len(body) // 4)])
                continue
            client.sendall(status_line + headers + body)

    def die(self, fault, head, request):
        if fault == "die_torn":
            half = head + request.body[:len(request.body) // 2] if request.body else head[:len(head) // 2]
            with socket.create_connection(self.upstream, 30) as server:
                server.sendall(half)
        if fault == "die_after":
            self.ask(head, request)
        self.kill()

    def ask(self, head, request):
        with socket.create_connection(self.upstreams.get(key_of(request), self.upstream), 30) as server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.sendall(head + request.body)
            reader = server.makefile("rb")
            status_line = reader.readline()
            while b" 100 " in status_line:
                while reader.readline().strip():
                    pass
                status_line = reader.readline()
            lines, length, chunked = [], 0, False
            while (line := reader.readline()).strip():
                name, _, value = line.decode("latin-1").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
                if name.lower() == "transfer-encoding":
                    chunked = True
                    continue
                if name.lower() != "connection":
                    lines.append(line)
            body = b"" if request.method == "HEAD" else read_chunks(reader) if chunked else reader.read(length)
            if chunked:
                lines.append(f"Content-Length: {len(body)}\r\n".encode())
            return status_line, b"".join(lines) + b"\r\n", body


def key_of(request):
    key = re.search(r"Credential=([^/]+)/", request.headers.get("authorization", ""))
    return key.group(1) if key else ""


def read_request(reader):
    first = reader.readline()
    if not first.strip():
        return b"", None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    head, headers = first, {}
    while (line := reader.readline()).strip():
        head += line
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    body = read_chunks(reader) if "chunked" in headers.get("transfer-encoding", "") else reader.read(length)
    if "content-length" in headers and len(body) < length:
        return b"", None  # the client is gone
    operation = operation_of(method, target)
    if operation == "Put" and "x-amz-copy-source" in headers:
        operation = "Copy"
    if operation == "UploadPart" and "x-amz-copy-source" in headers:
        operation = "CopyPart"
    return head + b"\r\n", Request(method, target, headers, body, operation)


def read_chunks(reader):
    body = b""
    while size := int(reader.readline().split(b";")[0], 16):
        body += reader.read(size)
        reader.readline()
    reader.readline()
    return body


def flipped(body):
    """With one bit of its middle the other way round."""
    at = len(body) // 2
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1:] if body else body


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
