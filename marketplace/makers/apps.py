from django.apps import AppConfig


class MakersConfig(AppConfig):
    name = "marketplace.makers"
    label = "makers"
