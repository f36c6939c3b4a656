#!/usr/bin/env python3
"""Brings the jars of a list ("path sha256" a line) from a Maven repository into a folder: jars.py LIST FOLDER

The repository is EMBER_MAVEN_REPOSITORY, else Maven Central. What is there already and right is left alone.
"""
import os
import pathlib
import sys

import fetch


def main():
    lines, folder = pathlib.Path(sys.argv[1]).read_text().splitlines(), pathlib.Path(sys.argv[2])
    repository = (os.environ.get("EMBER_MAVEN_REPOSITORY") or "https://repo1.maven.org/maven2").rstrip("/")
    for path, sha256 in (line.split() for line in lines if line and not line.startswith("#")):
        target = folder / path.rpartition("/")[2]
        if target.exists() and fetch.sha256_of(target) == sha256:
            continue
        print(f"downloading {target.name}", flush=True)
        try:
            fetch.download(lambda path=path: f"{repository}/{path}", target, sha256)
        except RuntimeError as error:
            sys.exit(f"jars: {error}; EMBER_MAVEN_REPOSITORY names another Maven repository")


if __name__ == "__main__":
    main()
