from django.apps import AppConfig


class CraftsConfig(AppConfig):
    name = "marketplace.crafts"
    label = "crafts"
