"""A seal's way: asked for, papers found whole, scored by a jury, granted or refused; later suspended, reinstated, revoked.

Guarantees: every step is a line of the public log `seals`; a grant covers one product line of one maker; whoever holds the works is told of
every change in the same transaction (`seal_changed`), so that pages, baskets and search follow.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from authenticity import rules
from authenticity.models import SealApplication, SealDocument, SealGrant, SealScheme
from catalogue.models import Product, ProductLine
from marketplace.core import chain
from marketplace.core.clock import today
from marketplace.core.jalali import jalali_year_of
from marketplace.core.registry import tell
from marketplace.juries.services import Criterion, Result, close, open_panel
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter

LOG = "seals"
PAPERS, DECISION = "seal_papers", "seal_decision"
State = SealApplication.State


def _log(kind: str, application: SealApplication | None = None, grant: SealGrant | None = None, **more: Any) -> None:
    thing = application or grant
    assert thing is not None
    body = {"scheme": thing.scheme.slug, "line": thing.product_line_id, "maker": thing.maker.slug, **more}
    chain.append(chain=LOG, kind=kind, body=body)


@transaction.atomic
def apply_for_seal(
    *,
    scheme: SealScheme,
    line: ProductLine,
    papers: Iterable[tuple[str, Any, bool]],
    text: str = "",
    by: Any = None,
    is_demo: bool = False,
) -> SealApplication:
    """Send an application with its papers: (title, file, whether it names the maker). Raises ValidationError and keeps nothing."""
    day, papers = today(), list(papers)
    rules.require_given_scheme(scheme, year=day.year)
    licensed = line.maker.licences.valid_on(day).filter(craft_group=line.craft.group_id).exists()
    rules.require_applicant(maker_id=line.maker_id, line_maker_id=line.maker_id, licensed=licensed)
    rules.require_papers(len(papers))
    # one at a time for a line, or two presses would each be the first
    ProductLine.objects.select_for_update().get(pk=line.pk)
    earlier = SealApplication.objects.filter(scheme=scheme, product_line=line, round=str(jalali_year_of(day)))
    rules.require_first_application(earlier.exclude(state=State.REFUSED).exists())
    application = SealApplication.objects.create(
        scheme=scheme,
        product_line=line,
        maker=line.maker,
        round=str(jalali_year_of(day)),
        text=text,
        sent_by=by,
        is_demo=is_demo,
    )
    for title, file, names in papers:
        SealDocument.objects.create(application=application, title=title, file=file, names_the_maker=names)
    _log("applied", application, round=application.round)
    _ask(PAPERS, application, by)
    return application


def _ask(kind: str, application: SealApplication, by: Any, facts: dict | None = None) -> Matter:
    return open_matter(
        kind=kind,
        subject=application,
        maker=application.maker,
        title=lambda: f"{application.scheme.name} · {application.product_line}",
        facts=facts,
        by=by,
        is_demo=application.is_demo,
    )


def _held(application: SealApplication) -> SealApplication:
    found = SealApplication.objects.select_for_update(of=("self",))
    return found.select_related("scheme", "product_line__craft", "maker").get(pk=application.pk)


@transaction.atomic
def return_papers(*, application: SealApplication, because: str) -> SealApplication:
    """Something is missing; the maker sends it again. What, the matter tells the maker; the public log does not."""
    application = _held(application)
    rules.require_state(application.state, State.SENT)
    return _to(application, State.RETURNED, "returned")


@transaction.atomic
def send_again(
    *, application: SealApplication, papers: Iterable[tuple[str, Any, bool]], by: Any = None
) -> SealApplication:
    """The maker adds what was missing."""
    application = _held(application)
    rules.require_state(application.state, State.RETURNED)
    for title, file, names in papers:
        SealDocument.objects.create(application=application, title=title, file=file, names_the_maker=names)
    _to(application, State.SENT, "sent again")
    _ask(PAPERS, application, by)
    return application


@transaction.atomic
def put_before_jury(*, application: SealApplication) -> SealApplication:
    """The papers are whole: open the panel. Jurors see the craft, the measures and the papers that name nobody."""
    application = _held(application)
    rules.require_state(application.state, State.SENT)
    criteria = [Criterion(**one) for one in application.scheme.criteria]
    application.panel = open_panel(
        subject=application, dossier=blind_dossier(application), criteria=criteria, interested=_interested(application)
    )
    application.save(update_fields=["panel"])
    return _to(application, State.JURY, "before the jury")


def _interested(application: SealApplication) -> list[int]:
    return [pk for pk in (application.maker.owner_id, application.sent_by_id) if pk is not None]


def blind_dossier(application: SealApplication) -> dict[str, Any]:
    """What a juror reads: nothing here names maker, workshop or city."""
    works = Product.objects.filter(product_line=application.product_line_id, parent__isnull=True).order_by("pk")[:6]
    return {
        "craft": {"fa": application.product_line.craft.name_fa, "en": application.product_line.craft.name_en},
        "works": [
            {
                "technique": {"fa": work.technique_fa, "en": work.technique_en},
                "size_mm": [side for side in (work.length_mm, work.width_mm, work.height_mm) if side],
                "weight_grams": work.weight_grams,
                "hours": work.hours,
                "pictures": [image.pk for image in work.images.order_by("display_order", "id")],
            }
            for work in works.prefetch_related("images")
        ],
        "papers": list(application.documents.filter(names_the_maker=False).values_list("pk", flat=True)),
    }


@transaction.atomic
def close_jury(*, application: SealApplication) -> tuple[SealApplication, Result]:
    """Enough jurors scored: their result goes to an officer for decision. Raises ValidationError with code `too_few_jurors`."""
    application = _held(application)
    rules.require_state(application.state, State.JURY)
    assert application.panel is not None
    result = close(panel=application.panel)
    application.result = {"by_criterion": result.by_criterion, "percent": result.percent, "jurors": result.jurors}
    application.save(update_fields=["result"])
    _log("scored", application, percent=result.percent, jurors=result.jurors)
    _ask(DECISION, application, None, facts=application.result)
    return application, result


def _to(application: SealApplication, state: str, logged: str, **more: Any) -> SealApplication:
    application.state = state
    application.save(update_fields=["state"])
    _log(logged, application, **more)
    return application


@transaction.atomic
def grant_seal(*, application: SealApplication, by: Any, reason: str = "") -> SealGrant:
    """Grant, for the scheme's months from today; also after a won appeal."""
    application = _held(application)
    rules.require_state(application.state, State.JURY, State.REFUSED)
    day = today()
    grant = SealGrant.objects.create(
        scheme=application.scheme,
        product_line=application.product_line,
        maker=application.maker,
        number=f"{application.round}-{application.pk}",
        valid_from=day,
        valid_until=months_after(day, application.scheme.valid_months),
        is_demo=application.is_demo,
    )
    application.grant = grant
    application.save(update_fields=["grant"])
    _to(application, State.GRANTED, "granted", number=grant.number, until=grant.valid_until.isoformat())
    tell("seal_changed", grant=grant)
    return grant


def months_after(day: date, months: int) -> date:
    """The last day of so many months that begin on a day (a month that is too short ends on its own last day)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) - timedelta(days=1)


@transaction.atomic
def refuse_seal(*, application: SealApplication, reason: str) -> SealApplication:
    """Refuse, with the reason the maker reads; the way of appeal is `matters.appeal`."""
    application = _held(application)
    rules.require_state(application.state, State.JURY)
    return _to(application, State.REFUSED, "refused")


def _change(grant: SealGrant, kind: str, because: str, **fields: Any) -> SealGrant:
    held = SealGrant.objects.select_for_update(of=("self",)).select_related("scheme", "maker").get(pk=grant.pk)
    rules.require_standing_grant(held)
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))
    _log(kind, grant=held, number=held.number, because=because)
    tell("seal_changed", grant=held)
    return held


@transaction.atomic
def suspend_seal(*, grant: SealGrant, because: str) -> SealGrant:
    """Shown nowhere until it is reinstated."""
    rules.forbid_suspended(SealGrant.objects.get(pk=grant.pk))
    return _change(grant, "suspended", because, suspended_on=today())


@transaction.atomic
def reinstate_seal(*, grant: SealGrant, because: str) -> SealGrant:
    """Ends a suspension."""
    held = SealGrant.objects.get(pk=grant.pk)
    rules.require_standing_grant(held)
    rules.require_suspended(held)
    return _change(grant, "reinstated", because, suspended_on=None)


@transaction.atomic
def revoke_seal(*, grant: SealGrant, because: str) -> SealGrant:
    """For good, from today."""
    return _change(grant, "revoked", because, revoked_on=today())
