"""The officers' kind of matter for a joining that was sent."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.joining.models import Joining
from marketplace.joining.services import APPROVED, JOINING, RETURNED, apply_approval, apply_return
from marketplace.joining.steps import steps_of
from marketplace.listing.claims import LICENCE
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter


def _page(matter: Matter) -> str:
    return reverse("desks:officer-maker", args=[matter.maker.slug]) if matter.maker else ""


def _facts(matter: Matter) -> dict[str, Any]:
    joining = Joining.objects.select_related("maker__city", "maker__seller").get(pk=matter.subject_id)
    return {
        "joining": joining,
        "join_steps": steps_of(joining.maker, joining),
        "join_crafts": list(joining.maker.crafts.all()),
        "licence_matter": Matter.objects.waiting().filter(kind=LICENCE, maker=joining.maker).order_by("-pk").first(),
    }


register(
    Kind(
        code=JOINING,
        name=_("Joining of a maker"),
        days=7,
        decisions=(
            Decision(
                APPROVED,
                label=_("Approve: the maker may sell"),
                told=_("Your joining “%(title)s” is approved. You can list your works. %(text)s"),
                apply=apply_approval,
                needs_reason=False,
            ),
            Decision(
                RETURNED,
                label=_("Return it, with one reason for the whole"),
                told=_("Your joining “%(title)s” was returned: %(text)s"),
                apply=apply_return,
            ),
        ),
        page=_page,
        template="desks/officer/facts_joining.html",
        context=_facts,
    )
)
