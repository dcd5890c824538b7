from django.apps import AppConfig


class FoundConfig(AppConfig):
    name = "marketplace.found"
    label = "found"
