"""Another program's eyes on S3: a small client of its own, which knows nothing of Ember's journals."""
import csv
import datetime
import hashlib
import hmac
import http.client
import io
import urllib.parse
import xml.etree.ElementTree as ElementTree

import pyarrow.parquet


class S3:
    """Calls on one bucket, signed (AWS4-HMAC-SHA256), one at a time."""

    def __init__(self, address, bucket, key, secret, region="us-east-1"):
        self.address, self.bucket, self.key, self.secret, self.region = address, bucket, key, secret, region
        self.connection = http.client.HTTPConnection(address, timeout=30)

    def call(self, method, name="", query=(), body=b""):
        path = "/" + urllib.parse.quote(f"{self.bucket}/{name}" if name else self.bucket, safe="/")
        text = "&".join(f"{k}={urllib.parse.quote(v, safe='')}" for k, v in sorted(query))
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": self.address, "x-amz-content-sha256": digest, "x-amz-date": now}
        names = ";".join(headers)
        lines = [method, path, text, *(f"{k}:{v}" for k, v in headers.items()), "", names, digest]
        scope = f"{now[:8]}/{self.region}/s3/aws4_request"
        key = ("AWS4" + self.secret).encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256("\n".join(lines).encode()).hexdigest()])
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={names}, "
                                    f"Signature={signature}")
        self.connection.request(method, path + ("?" + text if text else ""), body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise OSError(f"{method} {path}?{text}: {answer.status} {content[:300]!r}")
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        return content

    def pages(self, query, token_name, token_query):
        token = ""
        while True:
            root = ElementTree.fromstring(self.call("GET", query=[*query, *([(token_query, token)] if token else [])]))
            for element in root.iter():
                element.tag = element.tag.rpartition("}")[2]
            yield root
            token = root.findtext(token_name) or ""
            if root.findtext("IsTruncated") != "true" or not token:
                return

    def keys(self, prefix=""):
        return [item.findtext("Key") for root in
                self.pages([("list-type", "2"), ("prefix", prefix)], "NextContinuationToken", "continuation-token")
                for item in root.iter("Contents")]

    def uploads(self, prefix=""):
        return [item.findtext("Key") for root in
                self.pages([("uploads", ""), ("prefix", prefix)], "NextKeyMarker", "key-marker")
                for item in root.iter("Upload")]

    def get(self, key):
        return self.call("GET", key)

    def head(self, key):
        self.call("HEAD", key)
        return self.headers

    def put(self, key, content):
        self.call("PUT", key, body=content)

    def make_bucket(self):
        place = f"<LocationConstraint>{self.region}</LocationConstraint>"
        self.call("PUT", body=b"" if self.region == "us-east-1" else
                  f"<CreateBucketConfiguration>{place}</CreateBucketConfiguration>".encode())


def data_files(s3, folder):
    """What a reader of Spark's kind takes for data: no name below the folder that is hidden."""
    below = {key: key.removeprefix(folder + "/") for key in s3.keys(folder + "/")}
    return sorted(key for key, name in below.items() if name and not name.endswith("/") and not any(
        part.startswith((".", "_")) and "=" not in part for part in name.split("/")))


def rows_of(s3, folder):
    """The rows of all files of a folder as texts, sorted, with the values of their partition folders."""
    rows = []
    for key in data_files(s3, folder):
        content = s3.get(key)
        if key.endswith(".parquet"):
            found = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
        else:
            found = csv.DictReader(io.StringIO(content.decode()))
        partitions = {}
        for part in key.removeprefix(folder + "/").split("/")[:-1]:
            name, _, value = part.partition("=")
            partitions[name] = urllib.parse.unquote(value)
        rows += [tuple(sorted((name, str(value)) for name, value in {**row, **partitions}.items())) for row in found]
    return sorted(rows)
