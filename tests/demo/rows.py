"""What is in every table: for tests that something changes nothing."""

from django.apps import apps


def counts() -> dict[str, int]:
    """Rows of every table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
