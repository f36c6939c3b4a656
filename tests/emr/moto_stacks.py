"""moto's CloudFormation as a process. What moto lacks of it is mended here, by moto's own means."""
import contextlib
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
PYTHON = CACHE / "venv-moto-5.2.5" / "bin" / "python"

# moto makes nothing of these types: the stack has them, its account does not.
NOT_MADE = {"AWS::Budgets::Budget", "AWS::EC2::SecurityGroupEgress", "AWS::Glue::Database", "AWS::IAM::RolePolicy",
            "AWS::S3::BucketPolicy"}

# A stack made by a change set has no outputs in moto 5.2.5: they are computed for CreateStack and UpdateStack only. And
# it deletes no route tables, so that a VPC with one is in use for ever; it forgets resources that it cannot update, and
# makes those of EC2 anew for a tag, which CloudFormation changes in place.
PROGRAM = """
import sys
from moto.cloudformation import models, parsing
from moto.ec2.models import ec2_backends
from moto.server import main

def apply(self):
    self.stack.resource_map.update(self.template_dict, self.parameters)
    self.stack.template = self.template
    self.stack._parse_template()
    self.stack.output_map = self.stack._create_output_map()

delete_any = parsing.ResourceMap._delete_resource

def delete(self, resource, document):
    if document["Type"] != "AWS::EC2::RouteTable":
        return delete_any(self, resource, document)
    resource.associations.clear()
    ec2_backends[self._account_id][self._region_name].delete_route_table(resource.id)

update_any = parsing.parse_and_update_resource

def update(name, document, resources, **account):
    before = resources[name]
    if document["Type"].startswith("AWS::EC2::"):
        return before
    return update_any(name, document, resources, **account) or before

parsing.parse_and_update_resource = update
models.ChangeSet.apply = apply
parsing.ResourceMap._delete_resource = delete
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
"""


@contextlib.contextmanager
def moto_stacks():
    """Gives its address, "127.0.0.1:PORT"."""
    assert PYTHON.exists(), "run tools/setup/python.sh moto-5.2.5"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen([PYTHON, "-c", PROGRAM, address.split(":")[1]], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            assert process.poll() is None
            try:
                urllib.request.urlopen(f"http://{address}/moto-api/", timeout=5)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)
