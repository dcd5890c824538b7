"""Consignments as their pages and papers read them, each in a fixed number of queries."""

from django.db.models import Count, QuerySet, Sum

from marketplace.core.models import User
from marketplace.export.models import Collection, Consignment, ConsignmentLine, Exporter, PackingVersion
from marketplace.makers.models import Maker


def exporter_of(user: User) -> Exporter | None:
    """The exporter a signed-in person is, or None."""
    return Exporter.objects.filter(user=user).first()


def consignments_of(exporter: Exporter) -> QuerySet[Consignment]:
    """An exporter's own, newest first, with how many lines and pieces."""
    mine = Consignment.objects.filter(exporter=exporter).select_related("carrier")
    return mine.annotate(lines_count=Count("lines"), pieces=Sum("lines__quantity")).order_by("-id")


def lines_of(consignment: Consignment) -> list[ConsignmentLine]:
    """Lines with their works, makers and passports; two queries."""
    related = ("work__parent__maker__city", "work__maker__city", "work__craft__group", "work__city", "passport")
    return list(consignment.lines.select_related(*related).prefetch_related("work__materials").order_by("pk"))


def maker_of_line(line: ConsignmentLine) -> Maker:
    """Whose hands made it; a variant answers with its work's maker."""
    maker = line.work.maker or line.work.origin_work.maker
    assert maker
    return maker


def collections_of(consignment: Consignment) -> list[Collection]:
    """From which makers it is collected."""
    related = ("maker__city", "asked_by", "ready_by", "collected_by")
    return list(consignment.collections.select_related(*related).order_by("pk"))


def collections_from(maker: Maker) -> QuerySet[Collection]:
    """What exporters asked of a maker, open ones first."""
    related = ("consignment__exporter", "ready_by", "collected_by")
    return Collection.objects.filter(maker=maker).select_related(*related).order_by("collected_at", "-pk")


def newest_packing(consignment: Consignment) -> PackingVersion | None:
    """The packing that counts; none while the cartons are open."""
    return consignment.packings.order_by("-version").first() if consignment.is_packed else None
