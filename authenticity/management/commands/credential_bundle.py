import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authenticity.codes import read_code
from authenticity.issuing import bundle_of, for_credentials
from authenticity.models import Passport


class Command(BaseCommand):
    help = "Writes a passport's credential with all it takes to check it offline, as one JSON; --list prints the codes there are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "code", nargs="?", default="", help="the code of a passport, in any form it is typed or read"
        )
        parser.add_argument("--list", action="store_true", help="print the codes of all passports, the oldest first")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        if options["list"]:
            for one in Passport.objects.order_by("id").values_list("code", flat=True).iterator():
                self.stdout.write(one)
            return
        if not code:
            raise CommandError("Name a code, or ask for --list.")
        passport = for_credentials().filter(code=read_code(code)).first()
        if passport is None:
            raise CommandError("No passport has this code.")
        self.stdout.write(json.dumps(bundle_of(passport), ensure_ascii=False, indent=2))
