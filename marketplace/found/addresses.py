"""Whole addresses, as machines outside want them."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override


def base_of(request: HttpRequest) -> str:
    """Scheme and host of a request, without a slash at the end."""
    return f"{request.scheme}://{request.get_host()}"


def whole(base: str, path: str) -> str:
    """An address with its host; one that has a host already (pictures in a bucket) stays as it is."""
    return urljoin(f"{base}/", path)


def homes() -> dict[str, str]:
    """Language → the path under which its pages stand, with a slash at either end."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = reverse("shop:home")
    return found


def in_each_language(path: str, homes: dict[str, str]) -> dict[str, str]:
    """Language → the path of a page whose path in the market's own language is given."""
    tail = path.removeprefix(homes[settings.LANGUAGE_CODE])
    return {language: home + tail for language, home in homes.items()}
