"""Brings the pinned third-party parts of third_party/parts.json into the user's cache folder.

Each archive is checked by sha256 before anything is taken out of it. A part that is already there is
not touched, so a second run is instant. Package indexes are those that pip and npm are set up for.
"""
import configparser
import fcntl
import hashlib
import html.parser
import json
import os
import pathlib
import platform
import re
import shutil
import ssl
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
NPM_ARCHITECTURES = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def pip_setting(name):
    """A setting of pip: its environment variable first, then its configuration files."""
    value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if value:
        return value
    home = pathlib.Path.home()
    files = [os.environ.get("PIP_CONFIG_FILE"), home / ".config/pip/pip.conf", home / ".pip/pip.conf",
             "/etc/pip.conf"]
    for file in filter(None, files):
        parser = configparser.RawConfigParser()
        try:
            parser.read(file)
        except configparser.Error:
            continue
        for section in ("download", "global"):
            if parser.has_option(section, name):
                return parser.get(section, name).strip()
    return None


def npm_registry():
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if os.environ.get(name):
            return os.environ[name]
    npmrc = pathlib.Path(os.environ.get("NPM_CONFIG_USERCONFIG") or pathlib.Path.home() / ".npmrc")
    if npmrc.exists():
        match = re.search(r"^\s*registry\s*=\s*(\S+)", npmrc.read_text(), re.MULTILINE)
        if match:
            return match.group(1)
    return "https://registry.npmjs.org"


def open_url(url, accept="*/*"):
    """Opens a URL; a name and password in it become a header, as pip and npm do it."""
    parts = urllib.parse.urlsplit(url)
    request = urllib.request.Request(url, headers={"Accept": accept, "User-Agent": "ember-setup"})
    if parts.username:
        import base64
        user = urllib.parse.unquote(parts.username) + ":" + urllib.parse.unquote(parts.password or "")
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        request.full_url = urllib.parse.urlunsplit(bare)
        request.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    context = ssl.create_default_context(cafile=pip_setting("cert"))
    return urllib.request.urlopen(request, timeout=120, context=context)


class LinkParser(html.parser.HTMLParser):
    """Collects the links of a simple index page."""

    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href", ""))


def pypi_url(part, file):
    index = (pip_setting("index-url") or "https://pypi.org/simple").rstrip("/") + "/"
    page = index + part["package"] + "/"
    accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
    with open_url(page, accept) as response:
        kind, text = response.headers.get_content_type(), response.read().decode()
    if kind.endswith("json"):
        links = [file["url"] for file in json.loads(text)["files"]]
    else:
        parser = LinkParser()
        parser.feed(text)
        links = parser.links
    for link in links:
        url = urllib.parse.urljoin(page, link.partition("#")[0])
        if urllib.parse.unquote(url.rpartition("/")[2]) == file:
            return url
    raise RuntimeError(f"{file} is not on the package index; set PIP_INDEX_URL to one that has it")


def npm_url(part, package):
    return f"{npm_registry().rstrip('/')}/{package}/-/{package.rpartition('/')[2]}-{part['package_version']}.tgz"


def crate_url(part):
    base = os.environ.get("EMBER_CRATES_URL", "https://static.crates.io/crates")
    return f"{base}/{part['package']}/{part['package']}-{part['package_version']}.crate"


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def download(make_url, target, sha256):
    for attempt in range(4):
        try:
            url = make_url()
            with open_url(url) as response, open(target.with_suffix(".part"), "wb") as out:
                shutil.copyfileobj(response, out, 1 << 20)
            break
        except (OSError, urllib.error.URLError) as error:
            if attempt == 3:
                raise RuntimeError(f"cannot download {target.name}: {error}; check the network and run again")
            time.sleep(2 ** attempt)
    found = sha256_of(target.with_suffix(".part"))
    if found != sha256:
        target.with_suffix(".part").unlink()
        raise RuntimeError(f"{target.name} has the checksum {found}, expected {sha256}: not used")
    target.with_suffix(".part").rename(target)


def unpack_wheel(archive, part, folder):
    with zipfile.ZipFile(archive) as wheel:
        for member, name in part["members"].items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with wheel.open(member) as source, open(path, "wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)


def wanted_name(member, part):
    """Where a member goes: as `members` says, of which "a/" is a whole folder; without, all but the top folder."""
    if "members" not in part:
        return member.partition("/")[2]
    for source, target in part["members"].items():
        if member == source or source.endswith("/") and member.startswith(source):
            return target + member.removeprefix(source)
    return None


def unpack(archive, part, folder):
    """Takes the wanted members into `folder`."""
    if archive.suffix == ".whl":
        unpack_wheel(archive, part, folder)
        return
    with tarfile.open(archive) as outer:
        tar = tarfile.open(fileobj=outer.extractfile(part["inner"])) if "inner" in part else outer
        for member in tar:
            if not member.isfile():
                continue
            name = wanted_name(member.name, part)
            if not name or ".." in pathlib.PurePosixPath(name).parts:
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with tar.extractfile(member) as source, open(path, "wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)


def fetch(part):
    arch = NPM_ARCHITECTURES.get(platform.machine())
    if arch is None:
        raise RuntimeError(f"no DuckDB library for the processor {platform.machine()}: x86_64 or aarch64 only")
    sha256 = part["sha256"] if isinstance(part["sha256"], str) else part["sha256"][arch]
    folder = CACHE / "parts" / part["folder"]
    marker = folder / ".sha256"
    if marker.exists() and marker.read_text() == sha256:
        return
    if part["kind"] == "npm":
        package = part["package"].format(npm_arch=arch)
        file, make_url = npm_url(part, package).rpartition("/")[2], lambda: npm_url(part, package)
    elif part["kind"] == "crate":
        file, make_url = crate_url(part).rpartition("/")[2], lambda: crate_url(part)
    else:
        file = part["file"].format(machine=platform.machine().replace("arm64", "aarch64"))
        make_url = lambda: pypi_url(part, file)
    archive = CACHE / "downloads" / file
    if not archive.exists() or sha256_of(archive) != sha256:
        print(f"downloading {file}", flush=True)
        download(make_url, archive, sha256)
    staged = pathlib.Path(tempfile.mkdtemp(dir=CACHE / "parts"))
    unpack(archive, part, staged)
    (staged / ".sha256").write_text(sha256)
    staged.chmod(0o755)
    if folder.exists():
        shutil.rmtree(folder)
    staged.rename(folder)


def main():
    (CACHE / "downloads").mkdir(parents=True, exist_ok=True)
    (CACHE / "parts").mkdir(exist_ok=True)
    with open(CACHE / "fetch.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for part in json.loads((REPOSITORY / "third_party/parts.json").read_text())["parts"]:
            try:
                fetch(part)
            except RuntimeError as error:
                sys.exit(f"fetch: {part['name']} {part['version']}: {error}")


if __name__ == "__main__":
    main()
