from django.core.management.base import BaseCommand

from marketplace.demo.base_data import load_base_data


class Command(BaseCommand):
    help = "Adds provinces, craft cities, crafts, named venues, seal schemes, materials, categories and carriers that are missing."

    def handle(self, *args: object, **options: object) -> None:
        for kind, count in load_base_data().items():
            self.stdout.write(f"{kind}: {count} added")
