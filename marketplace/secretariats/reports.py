"""Reports: begun, filled in with sources, and published as versions that stay."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import chain
from marketplace.core.clock import today
from marketplace.core.documents import render_pdf
from marketplace.core.jalali import jalali_long
from marketplace.core.models import User
from marketplace.core.persian import group_digits
from marketplace.secretariats import queries, rules
from marketplace.secretariats.indicators import ASKED, BY_CODE, Counted, counted
from marketplace.secretariats.models import Figure, Report, ReportVersion, Secretariat
from marketplace.secretariats.services import CHAIN

SOURCE = Path(__file__).parent / "typst" / "report.typ"
LANGUAGES = ("fa", "en")


@transaction.atomic
def begin(*, secretariat: Secretariat, kind: str, year: int, by: User, is_demo: bool = False) -> Report:
    """The report of a kind and a year; one that is there stays. Raises ValidationError: `not_their_secretariat`, `year`."""
    rules.require_post(secretariat, queries.may_report(by, on=today()))
    rules.require_year_begun(year, on=today())
    return Report.objects.get_or_create(secretariat=secretariat, kind=kind, year=year, defaults={"is_demo": is_demo})[0]


@transaction.atomic
def fill_in(*, report: Report, summaries: dict[str, str], figures: dict[str, dict[str, Any]], by: User) -> Report:
    """Store the draft's words and the numbers that were asked for, each with its source; what is left out stays as it is.

    `figures`: code → value, source_fa, source_en, source_day. Raises ValidationError: `not_their_secretariat`, `source_needed`.
    """
    rules.require_post(report.secretariat, queries.may_report(by, on=today()))
    for language, text in summaries.items():
        setattr(report, f"summary_{language}", text)
    report.save(update_fields=["summary_fa", "summary_en"])
    for code, told in figures.items():
        figure = report.figures.filter(indicator=code).first() or Figure(report=report, indicator=code)
        for name, value in told.items():
            setattr(figure, name, value)
        figure.entered_by = by
        rules.require_source(figure, on=today())
        figure.full_clean(exclude=["report", "entered_by"])
        figure.save()
    return report


@transaction.atomic
def publish(*, report: Report, by: User) -> ReportVersion:
    """Freeze the draft as its next version, with a paper in each language. Only the secretary publishes.

    Raises ValidationError: `not_secretary`, `summary_needed`, `figures_needed`.
    """
    day = today()
    report = Report.objects.select_for_update().select_related("secretariat__city__province").get(pk=report.pk)
    rules.require_secretary(queries.is_secretary(by, report.secretariat.city_id, on=day))
    figures = {figure.indicator: figure for figure in report.figures.all()}
    rules.require_whole_report(report, [one.name for one in ASKED if one.code not in figures])
    numbers = counted(report.secretariat.city, report.year, on=day)
    number = report.versions.count() + 1
    content = {language: _words(report, number, numbers, figures, day, language) for language in LANGUAGES}
    version = ReportVersion(report=report, number=number, content=content, published_on=day, published_by=by)
    for language in LANGUAGES:
        name = f"{report.secretariat.city.slug}-{report.kind}-{report.year}-{number}-{language}.pdf"
        paper = ContentFile(render_pdf(SOURCE, content[language], language=language), name)
        getattr(version, f"pdf_{language}").save(name, paper, save=False)
    version.save()
    chain.append(chain=CHAIN, kind="report", body={"version": version.pk, "report": report.pk, "by": by.pk})
    return version


def _words(
    report: Report, number: int, numbers: list[Counted], figures: dict[str, Figure], day: date, language: str
) -> dict[str, Any]:
    """A version as it reads in a language, for the page and for paper."""
    with override(language):
        city = report.secretariat.city
        rows = [_counted_row(one, language) for one in numbers]
        rows += [_told_row(figures[one.code], language) for one in ASKED]
        return {
            "market": _("Rasteh"),
            "title": _("%(kind)s, %(city)s, %(year)s")
            % {"kind": report.get_kind_display(), "city": city.name, "year": _digits(report.year, language)},
            "place": _("%(city)s, %(province)s province") % {"city": city.name, "province": city.province.name},
            "summary": getattr(report, f"summary_{language}"),
            "headings": [_("Indicator"), _("Value"), _("Source")],
            "rows": rows,
            "demo": _("Demo: made up to show the page, true of nobody.") if report.is_demo else "",
            "made": _("Version %(number)s, published on %(day)s")
            % {"number": _digits(number, language), "day": _day(day, language)},
        }


def _counted_row(one: Counted, language: str) -> dict[str, str]:
    source = _("Counted in this market, %(since)s to %(until)s") % {
        "since": _day(one.since, language),
        "until": _day(one.until, language),
    }
    return _row(one.indicator.code, one.value, source, language)


def _told_row(figure: Figure, language: str) -> dict[str, str]:
    named = (figure.source_en if language == "en" else "") or figure.source_fa
    source = _("%(source)s, %(day)s") % {"source": named, "day": _day(figure.source_day, language)}
    return _row(figure.indicator, figure.value, source, language)


def _row(code: str, value: int, source: str, language: str) -> dict[str, str]:
    indicator = BY_CODE[code]
    text = f"{group_digits(value, language=language)} {indicator.unit}".strip()
    return {"code": code, "name": str(indicator.name), "value": text, "source": source}


def _day(day: date, language: str) -> str:
    return jalali_long(day) if language == "fa" else f"{day.day} {day:%B %Y}"


def _digits(number: int, language: str) -> str:
    return group_digits(number, language=language).replace(",", "").replace("٬", "")
