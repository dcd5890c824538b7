from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    name = "authenticity"
    label = "authenticity"
