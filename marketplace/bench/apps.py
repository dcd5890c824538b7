from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "marketplace.bench"
    label = "bench"
