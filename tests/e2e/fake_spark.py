"""A Spark Connect server that only says which version it is and keeps what it was sent: for what no real one can be
brought to do (other versions, TLS, tokens that change)."""
import concurrent.futures
import contextlib
import subprocess

import grpc
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status
from pyspark.sql.connect.proto import base_pb2, base_pb2_grpc


# By the protocol of the PySpark that is installed: Spark 3.5 does not say which server it is.
HAS_SERVER_ID = "server_side_session_id" in base_pb2.ConfigResponse.DESCRIPTOR.fields_by_name
SERVER_ID = {"server_side_session_id": "s"} if HAS_SERVER_ID else {}


class FakeSpark(base_pb2_grpc.SparkConnectServiceServicer):
    def __init__(self, version="4.0.2", token=None, says="wrong token", missing=None):
        self.version, self.token, self.says = version, token, says
        self.missing = missing  # a path that no machine of it has
        self.settings = {}
        self.tokens = []
        self.headers = {}
        self.users = set()

    def _check(self, request, context):
        self.headers = dict(context.invocation_metadata())
        self.tokens.append(self.headers.get("authorization", ""))
        self.users.add(request.user_context.user_id)
        if self.token is not None and self.tokens[-1] != f"Bearer {self.token}":
            context.abort(grpc.StatusCode.UNAUTHENTICATED, f"{self.says}: {self.tokens[-1]}")

    def AnalyzePlan(self, request, context):
        self._check(request, context)
        if request.HasField("schema") and self.missing:
            detail = any_pb2.Any()
            detail.Pack(error_details_pb2.ErrorInfo(
                reason="org.apache.spark.sql.AnalysisException", domain="org.apache.spark",
                metadata={"classes": '["org.apache.spark.sql.AnalysisException"]', "errorClass": "PATH_NOT_FOUND",
                          "sqlState": "42K03", "messageParameters": f'{{"path": "file:{self.missing}"}}'}))
            context.abort_with_status(rpc_status.to_status(status_pb2.Status(
                code=code_pb2.INTERNAL, message=f"[PATH_NOT_FOUND] Path does not exist: file:{self.missing}.",
                details=[detail])))
        response = base_pb2.AnalyzePlanResponse(session_id=request.session_id, **SERVER_ID)
        response.spark_version.version = self.version
        return response

    def Config(self, request, context):
        self._check(request, context)
        for pair in request.operation.set.pairs:
            self.settings[pair.key] = pair.value
        return base_pb2.ConfigResponse(session_id=request.session_id, **SERVER_ID)

    def ReleaseSession(self, request, context):  # 3.5 has no such call
        return base_pb2.ReleaseSessionResponse(session_id=request.session_id)


def certificate(folder, host="127.0.0.1", name="server"):
    """Files of a key and a self-signed certificate for `host`."""
    key, pem = folder / f"{name}.key", folder / f"{name}.pem"
    subject = f"subjectAltName=IP:{host}" if host[0].isdigit() else f"subjectAltName=DNS:{host}"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}",
                    "-addext", subject, "-keyout", str(key), "-out", str(pem)], check=True, capture_output=True)
    return key, pem


@contextlib.contextmanager
def fake_spark(fake, key=None, pem=None):
    """Runs it on a free port of this machine; gives host:port."""
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
    base_pb2_grpc.add_SparkConnectServiceServicer_to_server(fake, server)
    if key is None:
        port = server.add_insecure_port("127.0.0.1:0")
    else:
        port = server.add_secure_port(
            "127.0.0.1:0", grpc.ssl_server_credentials([(key.read_bytes(), pem.read_bytes())]))
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None)
