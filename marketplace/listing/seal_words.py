"""What a work says of seals, everywhere a reader finds its words."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from authenticity.queries import valid_seals
from authenticity.rules import forbid_unbacked_seal_words
from catalogue.models import Product, ProductImage


def words_of(work: Product) -> Iterator[str]:
    """Names, descriptions, techniques and hints of a work and its variants in both languages, and what its photos are said to show."""
    variants = Product.objects.filter(parent=work) if work.pk and work.is_parent else ()
    for one in (work, *variants):
        yield from (one.title, one.title_en, one.description, one.description_en, one.technique_fa, one.technique_en)
        yield from (one.personal_hint_fa, one.personal_hint_en)
    if work.pk:
        photos = ProductImage.objects.filter(Q(product=work) | Q(product__parent=work))
        for shown in photos.values_list("alt_fa", "alt_en"):
            yield from shown


def forbid_false_seal_words(work: Product, *, on: date) -> None:
    """`authenticity.rules.forbid_unbacked_seal_words` for a work as it is about to be; a variant stands in its work's product line."""
    owner = work.origin_work
    forbid_unbacked_seal_words(work, words_of(work), in_force=lambda: valid_seals([owner], on).get(owner.pk, []))
