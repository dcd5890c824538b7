"""What officers decide about applications for seals: whether the papers are whole, and, after the jury, the seal itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from authenticity.models import SealApplication
from authenticity.seals import DECISION, PAPERS, grant_seal, put_before_jury, refuse_seal, return_papers
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter


def _application(matter: Matter) -> SealApplication:
    return SealApplication.objects.select_related("scheme", "product_line__craft", "maker").get(pk=matter.subject_id)


def _whole(matter: Matter, by: Any, reason: str) -> None:
    put_before_jury(application=_application(matter))


def _missing(matter: Matter, by: Any, reason: str) -> None:
    return_papers(application=_application(matter), because=reason)


def _grant(matter: Matter, by: Any, reason: str) -> None:
    grant_seal(application=_application(matter), by=by, reason=reason)


def _refuse(matter: Matter, by: Any, reason: str) -> None:
    refuse_seal(application=_application(matter), reason=reason)


def _page(matter: Matter) -> str:
    return _application(matter).maker.get_absolute_url()


def _facts(matter: Matter) -> dict[str, Any]:
    application = _application(matter)
    return {"application": application, "documents": application.documents.all()}


register(
    Kind(
        code=PAPERS,
        name=_("Papers of an application for a seal"),
        days=14,
        decisions=(
            Decision(
                "whole",
                label=_("The papers are whole: to the jury"),
                told=_("“%(title)s”: your papers are whole and go to the jury. %(text)s"),
                apply=_whole,
                needs_reason=False,
            ),
            Decision(
                "missing",
                label=_("Something is missing: return it"),
                told=_("“%(title)s”: something is missing. %(text)s"),
                apply=_missing,
            ),
        ),
        page=_page,
        template="desks/officer/facts_seal.html",
        context=_facts,
    )
)
register(
    Kind(
        code=DECISION,
        name=_("Seal, after its jury"),
        days=14,
        decisions=(
            Decision(
                "grant",
                label=_("Grant the seal"),
                told=_("“%(title)s” was granted. %(text)s"),
                apply=_grant,
                needs_reason=False,
            ),
            Decision(
                "refuse",
                label=_("Refuse it, with reasons"),
                told=_("“%(title)s” was not granted: %(text)s"),
                apply=_refuse,
                undo=_grant,
            ),
        ),
        page=_page,
        template="desks/officer/facts_seal.html",
        context=_facts,
    )
)
