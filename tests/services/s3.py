"""An S3 server (moto) with our two buckets."""

import sys
import urllib.error
import urllib.request
from pathlib import Path

import boto3

from tests.services.server import Server

PUBLIC, PRIVATE = "rasteh-public", "rasteh-private"


class S3(Server):
    """It accepts any key, so the keys here open nothing."""

    name = "s3"
    named_by = ("S3_BUCKET_PUBLIC", "S3_ENDPOINT_URL")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sys.executable).parent / "moto_server"
        self.spawn([str(program), "--host", "127.0.0.1", "--port", str(self.port)])

    def wait(self) -> dict[str, str]:
        """The variables by which the settings find it."""
        self.wait_until(self._answers)
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        client = boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        )
        for bucket in (PUBLIC, PRIVATE):
            client.create_bucket(Bucket=bucket)
        return keys | {"S3_ENDPOINT_URL": self.url, "S3_BUCKET_PUBLIC": PUBLIC, "S3_BUCKET_PRIVATE": PRIVATE}

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/moto-api/", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False
