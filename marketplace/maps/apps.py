from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "marketplace.maps"
    label = "maps"
