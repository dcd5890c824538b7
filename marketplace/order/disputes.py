"""The kind "dispute": a return that maker and buyer do not agree about. An officer finds for one of them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter
from marketplace.order.models import Return
from marketplace.order.returns import accept_return, close_return, dispute_return
from marketplace.order.steps import named
from marketplace.order.told import tell_buyer

DISPUTE = "dispute"


@transaction.atomic
def ask_officer(*, given: Return, by: Any = None) -> Matter:
    """Put a refused return before an officer. Raises ValidationError with code `wrong_step`."""
    mine = dispute_return(given=given, by=by)
    maker = mine.seller_order.seller.maker
    return open_matter(
        kind=DISPUTE,
        subject=mine,
        maker=maker,
        title=lambda: _("Return %(number)s: %(reason)s") % {"number": mine.number, "reason": mine.get_reason_display()},
        facts={},
    )


def _given(matter: Matter) -> Return:
    return Return.objects.select_related("seller_order__order", "seller_order__seller__maker").get(pk=matter.subject_id)


def _for_buyer(matter: Matter, by: Any, reason: str) -> None:
    accept_return(given=_given(matter), by=by)


def _for_maker(matter: Matter, by: Any, reason: str) -> None:
    given = close_return(given=_given(matter), by=by)
    tell_buyer(
        given.seller_order.order,
        gettext_lazy("An officer looked at your return of %(number)s and found for the maker: %(answer)s"),
        {**named(given.seller_order), "answer": reason},
    )


def _page(matter: Matter) -> str:
    maker = _given(matter).seller_order.seller.maker
    return maker.get_absolute_url() if maker else "/"


def _facts(matter: Matter) -> dict[str, Any]:
    given = _given(matter)
    return {
        "given": given,
        "lines": given.lines.select_related("line"),
        "photos": given.photos.all(),
        "steps": given.seller_order.steps.all(),
    }


register(
    Kind(
        code=DISPUTE,
        name=gettext_lazy("Return in dispute"),
        days=7,
        decisions=(
            Decision(
                "buyer",
                label=gettext_lazy("The buyer is right: the return is accepted"),
                told=gettext_lazy("“%(title)s”: the return is accepted. %(text)s"),
                apply=_for_buyer,
            ),
            Decision(
                "maker",
                label=gettext_lazy("The maker is right: no return"),
                told=gettext_lazy("“%(title)s”: the return was not justified. %(text)s"),
                apply=_for_maker,
            ),
        ),
        page=_page,
        template="desks/officer/facts_return.html",
        context=_facts,
    )
)
