"""What Oscar wants around a work: its class, its category, its seller."""

from django.db import transaction

from catalogue.models import Category, ProductClass  # type: ignore[attr-defined]  # Oscar adds it at run time
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.makers.models import Maker
from marketplace.partner.models import Partner


def product_class() -> ProductClass:
    """The one class of works: shipped, and its stock is counted."""
    made, _new = ProductClass.objects.get_or_create(
        slug="work", defaults={"name": "work", "requires_shipping": True, "track_stock": True}
    )
    return made


@transaction.atomic
def category_of(craft: Craft) -> Category:
    """The category that mirrors a craft, made under its group's when missing."""
    found = Category.objects.filter(craft=craft).first()
    if found:
        return found
    return _group_category(craft.group).add_child(name=craft.name_fa, slug=craft.slug, craft=craft)


def _group_category(group: CraftGroup) -> Category:
    found = Category.objects.filter(craft_group=group).first()
    return found or Category.add_root(name=group.name_fa, slug=group.slug, craft_group=group)


def seller_of(maker: Maker) -> Partner:
    """The maker as a seller."""
    seller, _new = Partner.objects.get_or_create(maker=maker, defaults={"name": maker.name_fa, "code": maker.slug})
    return seller
