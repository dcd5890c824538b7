"""Languages in which visitors are guided."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("fa", _("Persian")),
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("fr", _("French")),
    ("zh", _("Chinese")),
    ("ru", _("Russian")),
)
