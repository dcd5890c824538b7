"""What crawlers are asked: which paths are nobody's to index, and where the sitemaps are."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from marketplace.found.addresses import whole

#: Private or endless, whatever the language: rooms of one person, and what only acts.
PRIVATE = ("basket:summary", "checkout:address", "account:home", "desks:home", "shop:sign-in", "shop:sign-up")
ENDLESS = ("shop:suggest",)
#: Doors without a language.
DOORS = ("/admin/", "/cms/", "/account/", "/pay/", "/private/", "/ui/", "/api/")


def robots_txt(base: str) -> str:
    """The file, with the sitemaps' address only where the site is to be indexed at all."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed())]
    if settings.INDEXED:
        lines += ["", f"Sitemap: {whole(base, reverse('sitemap'))}"]
    return "\n".join(lines) + "\n"


def closed() -> list[str]:
    """Paths that crawlers are asked to leave, each once. Search without words is a page; with them there is no end of it."""
    return list(dict.fromkeys([*DOORS, *_in_languages()]))


def _in_languages() -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield from [_room(reverse(name)) for name in PRIVATE]
            yield from [reverse(name) for name in ENDLESS]
            yield reverse("shop:search") + "?*"
            yield reverse("shared-list:show", args=["-"]).removesuffix("-/")


def _room(path: str) -> str:
    """The folder that a room's first page stands in."""
    return path if path.endswith("/") else path.rpartition("/")[0] + "/"
