"""Words of bookings: languages in which visitors are guided, and numbers as they are read."""

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import group_digits

LANGUAGES = (
    ("fa", _("Persian")),
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("fr", _("French")),
    ("zh", _("Chinese")),
    ("ru", _("Russian")),
)


def _shown(number: int) -> str:
    return group_digits(number, language="en" if (get_language() or "fa").startswith("en") else "fa")


#: A number in the digits of whoever reads the sentence it stands in.
shown = lazy(_shown, str)
