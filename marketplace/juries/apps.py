from django.apps import AppConfig


class JuriesConfig(AppConfig):
    name = "marketplace.juries"
    label = "juries"
