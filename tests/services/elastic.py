"""One node of Elasticsearch with its data, logs and configuration in a folder of its own."""

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.services.elastic_fetch import elasticsearch_home
from tests.services.server import Server, ServerDidNotStart, account, free_port

SMALL_AND_QUICK = "-Xms512m -Xmx512m -XX:-AlwaysPreTouch -XX:+UseSerialGC -XX:TieredStopAtLevel=1"


def java_home() -> str:
    """The folder of the Java that `java` on the PATH belongs to, unless JAVA_HOME names one."""
    java = shutil.which("java")
    if os.environ.get("ES_JAVA_HOME") or os.environ.get("JAVA_HOME"):
        return os.environ.get("ES_JAVA_HOME") or os.environ["JAVA_HOME"]
    if java is None:
        raise ServerDidNotStart("Java is not installed: on Debian, apt-get install default-jre-headless.")
    return str(Path(java).resolve().parent.parent)


class Elasticsearch(Server):
    """Elastic refuses to run as root, so root drops to `nobody`."""

    name = "elasticsearch"
    named_by = ("ELASTICSEARCH_URL",)

    def __init__(self) -> None:
        super().__init__(account("nobody"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        home = self._readable(elasticsearch_home())
        config = self.folder / "config"
        shutil.copytree(home / "config", config)
        (config / "elasticsearch.yml").write_text(
            "\n".join(
                (
                    "cluster.name: rasteh-tests",
                    "discovery.type: single-node",
                    "network.host: 127.0.0.1",
                    f"http.port: {self.port}",
                    f"transport.port: {free_port()}",
                    f"path.data: {self.folder / 'data'}",
                    f"path.logs: {self.folder / 'logs'}",
                    "xpack.security.enabled: false",
                    "cluster.routing.allocation.disk.threshold_enabled: false",
                    "cluster.max_shards_per_node: 5000",
                )
            )
        )
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir()
        self.give_away(self.folder)
        self.spawn(
            [str(home / "bin" / "elasticsearch")],
            {
                "ES_JAVA_HOME": java_home(),
                "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", SMALL_AND_QUICK),
                "ES_PATH_CONF": str(config),
                "ES_TMPDIR": str(self.folder / "tmp"),
                "HOME": str(self.folder),
            },
        )

    def wait(self) -> dict[str, str]:
        """The variables by which the settings find it."""
        self.wait_until(self._answers)
        return {"ELASTICSEARCH_URL": self.url}

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=5) as answer:
                return json.load(answer)["status"] in {"yellow", "green"}
        except (urllib.error.URLError, OSError):
            return False

    def _readable(self, home: Path) -> Path:
        """The same folder, or a copy when the account we drop to may not reach it (below root's own home, say)."""
        script = home / "bin" / "elasticsearch"
        if self.user is None or subprocess.run(["test", "-x", script], check=False, **self._as_user()).returncode == 0:
            return home
        return Path(shutil.copytree(home, self.folder / "home"))
