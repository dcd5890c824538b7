"""Fields that several rooms share."""

from django.db import models


class OscarPrice(models.DecimalField):
    """A price in rial inside an Oscar table: Oscar wants two decimals, and a fine carpet needs more than its 12 digits."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"] = 18
        kwargs["decimal_places"] = 2
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


class Rial(models.BigIntegerField):
    """Whole rials, in our own tables."""
