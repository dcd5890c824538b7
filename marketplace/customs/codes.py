"""Which HS code counts for a work: the newest that a person confirmed, while its craft and materials are what they were."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from catalogue.models import Product
from marketplace.customs.hs import basis_of
from marketplace.customs.models import HsConfirmation

#: Between the code and its basis in what `told_code` reads; no address holds it.
_SPLIT = " "


def told_code() -> Subquery:
    """The newest confirmation of a work in a query of works, for `code_of`: nothing more is asked."""
    newest = HsConfirmation.objects.filter(work=OuterRef("pk")).order_by("-id")
    return Subquery(newest.annotate(told=Concat(F("code"), Value(_SPLIT), F("basis"))).values("told")[:1])


def code_of(told: str | None, *, craft: str, materials: Iterable[str]) -> str:
    """The code of what `told_code` read; empty without one, or when craft or materials (slugs) changed since."""
    code, _space, basis = (told or "").partition(_SPLIT)
    return code if basis == basis_of(craft, materials) else ""


def basis_now(work: Product) -> str:
    """The craft and materials of a work as they stand; a variant's are its parent's."""
    whole = work.origin_work
    return basis_of(whole.craft.slug if whole.craft else "", whole.materials.values_list("slug", flat=True))


def codes_of(works: Iterable[Product]) -> dict[int, str]:
    """Work id → the code that counts; works without one are left out. Three queries; a variant has its work's."""
    wholes = {work.pk: work.parent_id or work.pk for work in works}
    asked = Product.objects.filter(pk__in=set(wholes.values())).annotate(hs_told=told_code()).select_related("craft")
    found = {
        whole.pk: code_of(
            whole.hs_told,
            craft=whole.craft.slug if whole.craft else "",
            materials=[material.slug for material in whole.materials.all()],
        )
        for whole in asked.prefetch_related("materials")
    }
    return {pk: found[whole] for pk, whole in wholes.items() if found.get(whole)}


def confirmations_of(work: Product) -> QuerySet[HsConfirmation]:
    """What was said of a work's code, the newest first."""
    return HsConfirmation.objects.filter(work=work).select_related("by").order_by("-id")


def remembered(work: Product, basis: str) -> HsConfirmation | None:
    """What was said last of another work of the same maker, craft and materials."""
    others = HsConfirmation.objects.filter(work__maker=work.maker_id, basis=basis).exclude(work=work)
    return others.select_related("work", "by").order_by("-id").first()
