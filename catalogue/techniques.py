"""Techniques as makers write them, each kept once: what search counts and what works have in common."""

from hashlib import blake2b

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from catalogue.models import Technique
from marketplace.core.persian import joined

_MOST_OF_SLUG = 60


def named(fa: str, en: str) -> Technique | None:
    """The technique of these words in one or both languages, made if nobody wrote it before; None where there are no words.

    The Persian words decide, then the English ones; spelling, spaces and half-spaces make no difference.
    """
    keys = {"key_fa": joined(fa)[:160], "key_en": joined(en)[:160]}
    if not any(keys.values()):
        return None
    return _known(**keys) or _made(fa.strip(), en.strip(), **keys)


def _known(*, key_fa: str, key_en: str) -> Technique | None:
    """In one query for words in one language, in two at most."""
    if key_fa:
        found = Technique.objects.filter(key_fa=key_fa).first()
        if found or not key_en:
            return found
        # known by its English name alone: a Persian one of its own would make it another technique
        return Technique.objects.filter(key_en=key_en, key_fa="").first()
    return Technique.objects.filter(key_en=key_en).order_by("pk").first()


def _made(fa: str, en: str, *, key_fa: str, key_en: str) -> Technique:
    slug = _slug(en, key_fa or key_en)
    try:
        with transaction.atomic():
            return Technique.objects.create(slug=slug, name_fa=fa or en, name_en=en or fa, key_fa=key_fa, key_en=key_en)
    except IntegrityError:  # written by somebody else a moment ago, under the same words
        return Technique.objects.get(slug=slug)


def _slug(en: str, key: str) -> str:
    """The English words, and a few letters that are another key's only by chance."""
    mark = blake2b(key.encode(), digest_size=3).hexdigest()
    return "-".join(filter(None, (slugify(en)[:_MOST_OF_SLUG].strip("-"), mark)))
