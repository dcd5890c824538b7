"""Who holds which post on a day, what is vacant, and which terms are over."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch

from marketplace.core.models import User
from marketplace.places.models import City
from marketplace.secretariats.models import Appointment, Report, ReportVersion, Secretariat

Role = Appointment.Role
#: A term that ends within so many days is shown to whoever must find the next person.
ENDS_SOON_DAYS = 60
#: Posts whose vacancy is told.
POSTS = (Role.SECRETARY, Role.HEAD)


@dataclass(frozen=True)
class Standing:
    """A secretariat on a day. `secretary` and `head` are None while the post is vacant."""

    secretariat: Secretariat
    running: list[Appointment] = field(default_factory=list)
    over: list[Appointment] = field(default_factory=list)
    ending: list[Appointment] = field(default_factory=list)
    reports: list[ReportVersion] = field(default_factory=list)

    def one(self, role: str) -> Appointment | None:
        """Who holds a post that one person holds."""
        return next((one for one in self.running if one.role == role), None)

    @property
    def secretary(self) -> Appointment | None:
        return self.one(Role.SECRETARY)

    @property
    def head(self) -> Appointment | None:
        return self.one(Role.HEAD)

    @property
    def council(self) -> list[Appointment]:
        """Members of the strategic council."""
        return [one for one in self.running if one.role == Role.COUNCIL]

    @property
    def committees(self) -> list[tuple[str, list[Appointment]]]:
        """(name, members) of committees that have members."""
        seats: dict[int, tuple[str, list[Appointment]]] = {}
        for one in self.running:
            if one.committee is not None:
                seats.setdefault(one.committee.pk, (one.committee.title, []))[1].append(one)
        return list(seats.values())

    @property
    def vacant(self) -> list[str]:
        """Posts without a person, by name."""
        return [str(role.label) for role in POSTS if self.one(role) is None]


def box(city: City, *, on: date) -> Standing | None:
    """What a city's page shows of its secretariat; None where none was founded. At most two queries for a city that was read with it."""
    secretariat: Secretariat | None = getattr(city, "secretariat", None)
    if secretariat is None:
        return None
    running = Appointment.objects.in_force_on(on).filter(secretariat=secretariat).exclude(role=Role.EDITOR)
    published = ReportVersion.objects.filter(report__secretariat=secretariat).select_related(
        "report__secretariat__city"
    )
    newest = {version.report_id: version for version in published.order_by("report_id", "number")}
    ordered = sorted(newest.values(), key=lambda one: (-one.report.year, one.report.kind))
    return Standing(secretariat, list(running.select_related("user", "committee")), reports=ordered)


def every(*, on: date) -> list[Standing]:
    """All secretariats on a day with their running, ended and ending terms; vacant ones first. Two queries."""
    appointments = Appointment.objects.select_related("user", "committee").order_by("role", "-since")
    found = Secretariat.objects.select_related("city").prefetch_related(Prefetch("appointments", appointments))
    return sorted(
        (standing(one, on=on) for one in found), key=lambda one: (-len(one.vacant), one.secretariat.city.slug)
    )


def standing(secretariat: Secretariat, *, on: date) -> Standing:
    """A secretariat's terms on a day."""
    terms = list(secretariat.appointments.all())
    running = [one for one in terms if one.runs_on(on)]
    soon = on + timedelta(days=ENDS_SOON_DAYS)
    return Standing(
        secretariat,
        running,
        [one for one in terms if one.last_day is not None and one.since <= on and not one.runs_on(on)],
        [one for one in running if one.last_day is not None and one.last_day <= soon],
    )


def posts_of(user: User, *, on: date) -> list[Appointment]:
    """The posts a person holds on a day. One query."""
    if not user.is_authenticated:
        return []
    held = Appointment.objects.in_force_on(on).filter(user=user)
    return list(held.select_related("secretariat__city").order_by("secretariat_id", "role"))


def may_report(user: User, *, on: date) -> list[Secretariat]:
    """Secretariats for which a person writes reports: as secretary or head."""
    return list({one.secretariat_id: one.secretariat for one in posts_of(user, on=on) if one.role in POSTS}.values())


def is_secretary(user: User, city_id: int, *, on: date) -> bool:
    """Whether a person is the secretary of a city on a day. One query."""
    held = Appointment.objects.in_force_on(on).filter(user_id=user.pk, role=Role.SECRETARY)
    return held.filter(secretariat__city_id=city_id).exists()


def reports_of(secretariat: Secretariat) -> list[Report]:
    """A secretariat's reports with their published versions. Two queries."""
    return list(secretariat.reports.prefetch_related("versions"))
