import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authenticity.credentials.verifier import verify_bundle


class Command(BaseCommand):
    help = "Checks a bundle, ours or another's, without a network: prints the state and the reasons; exits 1 unless it is valid."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the bundle as a file, or - for what comes in")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        verdict = verify_bundle(raw=raw)
        self.stdout.write(verdict.state.value)
        for reason in verdict.reasons:
            self.stdout.write(f"  {reason}")
        if not verdict.is_valid:
            raise SystemExit(1)
