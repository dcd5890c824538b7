from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.demo.accounts import table
from marketplace.demo.bulk import MOST_TOLD
from marketplace.demo.services import WORKS, DemoForbidden, Made, make_demo


class Command(BaseCommand):
    help = "Adds the demo: sample makers, works, venues, seals and accounts. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--works", type=int, default=WORKS, help=f"how many works ({WORKS})")
        parser.add_argument(
            "--no-pictures", action="store_const", const="none", dest="pictures", help="draw no pictures"
        )
        parser.add_argument(
            "--first-pictures",
            action="store_const",
            const="first",
            dest="pictures",
            help="draw those of the first page and of Sirjan; the worker draws the rest",
        )
        parser.add_argument("--accounts-only", action="store_true", help="only print the demo's accounts")

    def handle(self, *args: Any, works: int, pictures: str | None, accounts_only: bool, **options: Any) -> None:
        if not accounts_only:
            try:
                made = make_demo(works=works, pictures=pictures or "all", out=self.stderr._out)
            except DemoForbidden as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(_sentence(made))
            if made.works > MOST_TOLD:
                self.stdout.write("So many works are found once `manage.py rebuild_index` has run.")
        self.stdout.write("Demo accounts (mail address, password):")
        for username, email, password in table():
            self.stdout.write(f"  {username:<14} {email:<28} {password}")


def _sentence(made: Made) -> str:
    if made.nothing:
        return "The demo is complete; nothing was changed."
    return (
        f"Added {made.works} works, {made.makers} makers, {made.venues} venues and licences, {made.seals} seals, "
        f"{made.labels} labels (their codes: credential_bundle --list), "
        f"{made.doubts} doubts and {made.matters} matters for the officers; drew pictures for {made.pictured} works."
    )
