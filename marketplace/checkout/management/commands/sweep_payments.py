"""`manage.py sweep_payments`: one sweep, for a clock other than the worker's."""

from django.core.management.base import BaseCommand

from marketplace.checkout.sweeper import sweep


class Command(BaseCommand):
    help = "Ask gateways about unfinished payments and release purchases whose time has passed."

    def handle(self, *args, **options) -> None:
        ended, released = sweep()
        self.stdout.write(f"payments ended: {ended}, purchases released: {released}")
