"""One work: its pictures, where it can be bought, who made it, what it is."""

from babel import Locale, UnknownLocaleError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from authenticity.claims import seal_claims, unbacked
from authenticity.queries import valid_seals
from catalogue.models import FOR_EVER, Product
from marketplace.basket.typed import typed_before
from marketplace.core.clock import today
from marketplace.found import heads
from marketplace.reviews.queries import reviews_of
from marketplace.reviews.structured import review_nodes
from marketplace.shop import queries, seen
from marketplace.shop.abroad import abroad_of, asked_of_works
from marketplace.shop.beside import beside
from marketplace.ui.cards import origin_label, pictures_of
from marketplace.wishlists.queries import listed_by


@require_safe
def show(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A public work; an old or mistyped slug leads to the right address, a variant to its work."""
    found = get_object_or_404(_asked(request), pk=pk)
    if found.is_child:
        return redirect(found.parent, permanent=True)
    if slug != found.slug:
        return redirect(found, permanent=True)
    day = today()
    offers = queries.offers_of(found, on=day)
    pictures = pictures_of(found)
    state, label = origin_label(found, day)
    description = description_of(found, request.LANGUAGE_CODE)
    seals = valid_seals([found], day).get(found.pk, [])
    materials = list(found.materials.all())
    reviews = reviews_of(found)
    review_count = reviews[0].total if reviews else 0
    head = heads.work_head(
        request,
        found,
        on=day,
        description=description,
        offers=offers,
        pictures=pictures,
        seals=seals,
        materials=materials,
    )
    head.nodes[0].update(review_nodes(reviews, rating=found.rating, count=review_count))
    more = beside(found, materials=materials, pictures=pictures, offers=offers)
    response = render(
        request,
        "shop/work.html",
        {
            "crumbs": _crumbs(found),
            "found_head": head,
            "reviews": reviews,
            "review_count": review_count,
            "work": found,
            "description": description,
            "pictures": pictures,
            "drawn": any(picture.is_demo for picture in pictures),
            "offers": offers,
            "typed_text": typed_before(request, work_id=found.pk) if found.personal_most else "",
            "best": offers[0] if offers else None,
            "rest": next((offer.rest_today for offer in offers if offer.rest_today), None),
            "seals": seals,
            "lost_words": unbacked(
                seal_claims(
                    found.name, description, found.technique_fa, found.technique_en, *(one.alt for one in pictures)
                ),
                [grant.scheme.slug for grant in seals],
            ),
            "materials": materials,
            "licence": _licence_in_force(found, day),
            "origin_state": state,
            "origin_label": label,
            "origin_country": country_name(found.origin_country, request.LANGUAGE_CODE),
            "origin_until": found.domestic_until if found.domestic_until != FOR_EVER else None,
            "abroad": abroad_of(found, materials=materials, on=day),
            "alike": more.alike,
            "more": more.of_maker,
            "seen_before": any(pk != found.pk for pk in seen.seen(request)),
        },
    )
    return seen.remember(request, response, found.pk)


def _asked(request: HttpRequest):
    """Public works with their frame; for a signed-in reader with `kept`, so that the button asks nothing more."""
    works = asked_of_works(Product.objects.filter(is_public=True).with_frame().select_related("technique"))
    return works.annotate(kept=listed_by(request.user)) if request.user.is_authenticated else works


def _crumbs(work: Product) -> list[tuple[str, str]]:
    """Group › craft › the work; the city is a link beside the maker."""
    above = [work.craft.group, work.craft] if work.craft else []
    return [*((lane.name, lane.get_absolute_url()) for lane in above), (work.name, "")]


def description_of(work: Product, language: str) -> str:
    """The description as plain text in the reader's language, or in the other where there is none."""
    mine, other = work.description, work.description_en
    if language != "fa":
        mine, other = other, mine
    return strip_tags(mine or other).strip()


def country_name(code: str, language: str) -> str:
    """A country's name in the reader's language, by its ISO code; the code itself when it is unknown."""
    if not code:
        return ""
    try:
        return Locale.parse(language).territories.get(code.upper(), code)
    except (UnknownLocaleError, ValueError):
        return code


def _licence_in_force(work: Product, day):
    """The maker's licence for this craft's group that lasts longest, or None."""
    if work.maker is None or work.craft is None:
        return None
    held = work.maker.licences.valid_on(day).filter(craft_group=work.craft.group_id)
    return held.order_by("-expires_on").first()
