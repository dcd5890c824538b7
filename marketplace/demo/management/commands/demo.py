from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.demo.accounts import table
from marketplace.demo.services import WORKS, DemoForbidden, make_demo


class Command(BaseCommand):
    help = "Adds the demo: sample makers, works, venues, seals and accounts. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--works", type=int, default=WORKS, help="how many works (600)")
        parser.add_argument("--no-pictures", action="store_true", help="draw no pictures")

    def handle(self, *args: object, works: int, no_pictures: bool, **options: object) -> None:
        try:
            made = make_demo(works=works, out=self.stderr._out)
        except DemoForbidden as refusal:
            raise CommandError(str(refusal)) from refusal
        if made.nothing:
            self.stdout.write("The demo is complete; nothing was changed.")
        else:
            self.stdout.write(f"Added {made.works} works, {made.makers} makers, {made.venues} venues and licences, {made.seals} seals.")
        for username, email, password in table():
            self.stdout.write(f"  {username:<10} {email:<24} {password}")
