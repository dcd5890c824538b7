from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "marketplace.listing"
    label = "listing"
