"""The secretariat of a city or village of craft, its posts, and the dated rules of who may hold them."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import private_storage
from marketplace.places.models import City


class Office(models.TextChoices):
    """Offices that the directive names: of those who hold a post, propose for it, or decree it."""

    MAYOR = "mayor", _("Mayor")
    GOVERNOR = "governor", _("Governor")
    COUNCIL_HEAD = "council_head", _("Head of the city council")
    DIRECTOR_GENERAL = "director_general", _("Director general of Cultural Heritage of the province")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy minister for handicrafts and traditional arts")
    HERITAGE_EXPERT = "heritage_expert", _("Expert of the province's directorate of Cultural Heritage")
    PRIVATE = "private", _("Active in the private sector")
    SECRETARY = "secretary", _("Secretary of the secretariat")
    OTHER = "other", _("Other office")


class Secretariat(models.Model):
    """The secretariat (دبیرخانه) of one city. Its groups and its collection carry the rights of its people in the editor."""

    city = models.OneToOneField(City, on_delete=models.PROTECT, related_name="secretariat", verbose_name=_("city"))
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    editors = models.OneToOneField(
        Group, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="edits_for"
    )
    approvers = models.OneToOneField(
        Group, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="approves_for"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["city__slug"]
        verbose_name = _("secretariat")
        verbose_name_plural = _("secretariats")
        permissions = [("keep_secretariats", "Can record secretariats, appointments and rules")]

    def __str__(self) -> str:
        return self.city.name


class Committee(models.Model):
    """A committee of a secretariat's strategic council."""

    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.CASCADE, related_name="committees", verbose_name=_("secretariat")
    )
    title_fa = models.CharField(_("Persian name"), max_length=160)
    title_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [models.UniqueConstraint(fields=["secretariat", "title_fa"], name="committee_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.title_en if (get_language() or "fa").startswith("en") else self.title_fa


class EligibilityRule(models.Model):
    """Who may be a secretary from a day on. A rule without a day waits: an officer switches it on. No offices: any office."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_fa = models.CharField(_("Persian name"), max_length=200)
    title_en = models.CharField(_("English name"), max_length=200)
    offices = models.JSONField(_("offices"), default=list, blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=20, choices=Office.choices)
    decree_by = models.CharField(_("decree by"), max_length=20, choices=Office.choices)
    since = models.DateField(_("in force since"), null=True, blank=True)
    quote_fa = models.TextField(_("as the source says it"))
    source = models.CharField(_("source"), max_length=200)
    note = models.TextField(_("remark"), blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("day set by"),
    )

    class Meta:
        ordering = [F("since").asc(nulls_last=True), "pk"]
        verbose_name = _("rule of who may be secretary")
        verbose_name_plural = _("rules of who may be secretary")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.title_en if (get_language() or "fa").startswith("en") else self.title_fa

    @property
    def office_names(self) -> list[str]:
        """The offices it allows, in words; none when any is allowed."""
        return [str(Office(code).label) for code in self.offices]


class AppointmentQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> "AppointmentQuerySet":
        """Terms that run on a day. A term that was ended does not run on the day of its end any more."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day), Q(ended_on__isnull=True) | Q(ended_on__gt=day), since__lte=day
        )

    def over_on(self, day: date) -> "AppointmentQuerySet":
        """Terms that ran and do so no more."""
        return self.filter(Q(until__lt=day) | Q(ended_on__lte=day))


class Appointment(models.Model):
    """A person in a post for a term: the office they hold, who proposed them, and the decree. Dates are inclusive; None is open."""

    class Role(models.TextChoices):
        SECRETARY = "secretary", _("Secretary")
        HEAD = "head", _("Head of the secretariat")
        COUNCIL = "council", _("Member of the strategic council")
        COMMITTEE = "committee", _("Member of a committee")
        EDITOR = "editor", _("Editor of the city's pages")

    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("secretariat")
    )
    role = models.CharField(_("post"), max_length=12, choices=Role.choices)
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name=_("committee")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    office = models.CharField(_("office they hold"), max_length=20, choices=Office.choices)
    proposed_by = models.CharField(_("proposed by"), max_length=20, choices=Office.choices)
    decree_by = models.CharField(_("decree by"), max_length=20, choices=Office.choices)
    decree_number = models.CharField(_("number of the decree"), max_length=60, blank=True)
    decree_on = models.DateField(_("date of the decree"), null=True, blank=True)
    decree_scan = models.FileField(
        _("scan of the decree"), storage=private_storage, upload_to="decrees/%Y/", blank=True
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.TextField(_("ended because"), max_length=500, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "-since", "pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="appointment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""), name="appointment_end_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.person}"

    @property
    def person(self) -> str:
        """The person's name, or nothing that would give an address away."""
        return self.user.get_full_name() or str(_("a person without a name"))

    @property
    def last_day(self) -> date | None:
        """The last day of the term as it stands now; None is open."""
        days = [day for day in (self.until, self.ended_on) if day is not None]
        return min(days) if days else None

    def runs_on(self, day: date) -> bool:
        """Whether the term runs on a day; the same as `in_force_on`."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and (self.ended_on is None or day < self.ended_on)
        )
