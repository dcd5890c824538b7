"""Sessions with places, and the bookings that take them: one engine for visits, events and courses.

A session knows what it is of by `kind` and `subject`, the translation key of its page: both languages of a page share its sessions.
"""

import secrets

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import now
from marketplace.core.fields import Rial
from marketplace.makers.models import Maker
from marketplace.payments.models import PaymentAttempt
from marketplace.places.models import City

#: Bytes of a check-in code: 192 bits, so that nobody walks in by guessing.
CODE_BYTES = 24


def check_in_code() -> str:
    """What a booking's QR holds."""
    return secrets.token_urlsafe(CODE_BYTES)


class SessionQuerySet(models.QuerySet):
    def coming(self) -> "SessionQuerySet":
        """Not over and not cancelled, soonest first."""
        return self.filter(ends_at__gt=now(), cancelled_at__isnull=True).order_by("starts_at", "pk")

    def bookable(self) -> "SessionQuerySet":
        """Still open for bookings, with a place left."""
        return self.coming().filter(closes_at__gt=now(), taken__lt=F("places"))


class Session(models.Model):
    """One date of a visit, an event or a course, with a number of places. `taken` changes by conditional updates alone."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Workshop visit")
        EVENT = "event", _("Event")
        COURSE = "course", _("Training course")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    subject = models.UUIDField(_("translation key of its page"), db_index=True)
    title_fa = models.CharField(_("title, Persian"), max_length=255)
    title_en = models.CharField(_("title, English"), max_length=255, blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("city"))
    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("host")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    places = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    taken = models.PositiveSmallIntegerField(_("taken places"), default=0, editable=False)
    price_rial = Rial(
        _("price of a place (rial)"), default=0, validators=[MinValueValidator(0)], help_text=_("0: free of charge.")
    )
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes, such as fa and en."))
    closes_at = models.DateTimeField(_("bookings close"))
    cancel_hours = models.PositiveSmallIntegerField(
        _("hours before the start until which a visitor may cancel"), default=24
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    single = models.BooleanField(
        _("stands for itself"), default=False, help_text=_("A change of the week's plan leaves it as it is.")
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "starts_at"], name="one_session_of_a_subject_at_a_time"),
            models.CheckConstraint(condition=Q(places__gt=0), name="session_has_places"),
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("places")), name="taken_within_places"),
            models.CheckConstraint(condition=Q(price_rial__gte=0), name="session_price_is_not_below_zero"),
            models.CheckConstraint(condition=Q(price_rial=0) | Q(maker__isnull=False), name="priced_session_has_host"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), closes_at__lte=F("starts_at")), name="session_times_in_order"
            ),
        ]
        indexes = [models.Index(fields=["city", "starts_at"], name="session_city_start")]

    def __str__(self) -> str:
        return f"{self.title} · {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def title(self) -> str:
        """In the reader's language."""
        english = (get_language() or "fa").startswith("en")
        return (self.title_en or self.title_fa) if english else self.title_fa

    @property
    def free_places(self) -> int:
        """Places nobody holds."""
        return self.places - self.taken

    @property
    def is_bookable(self) -> bool:
        """Whether a place can be booked at this moment."""
        return self.cancelled_at is None and self.closes_at > now() and self.free_places > 0


class Booking(models.Model):
    """Places of one session, taken by one visitor. HELD waits for its payment; LAPSED and CANCELLED hold no place any more."""

    class State(models.TextChoices):
        HELD = "held", _("Held, waiting for payment")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")
        ATTENDED = "attended", _("Was there")
        LAPSED = "lapsed", _("Not paid in time")

    number = models.CharField(_("number"), max_length=40, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("session"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
        verbose_name=_("visitor"),
    )
    name = models.CharField(_("name"), max_length=120)
    mobile = models.CharField(_("mobile"), max_length=16)
    email = models.EmailField(_("email"), blank=True)
    party = models.PositiveSmallIntegerField(_("people"), default=1)
    language = models.CharField(_("visitor's language"), max_length=2, default="fa")
    amount_rial = Rial(_("to pay (rial)"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    code = models.CharField(_("check-in code"), max_length=64, unique=True, default=check_in_code)
    payment = models.OneToOneField(
        PaymentAttempt,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="booking",
        verbose_name=_("payment"),
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(party__gt=0), name="booking_is_for_somebody"),
            models.CheckConstraint(condition=Q(amount_rial__gte=0), name="booking_costs_nothing_or_more"),
        ]
        indexes = [models.Index(fields=["state", "held_until"], name="booking_held_until")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("bookings:booking", args=[self.number])


#: States in which a booking takes its places.
TAKING = (Booking.State.HELD, Booking.State.CONFIRMED, Booking.State.ATTENDED)


class BookingStep(models.Model):
    """What happened to a booking, and who did it; rows are only added."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="steps", verbose_name=_("booking"))
    state = models.CharField(_("state"), max_length=10, choices=Booking.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a booking")
        verbose_name_plural = _("steps of bookings")
        ordering = ["id"]


class Letter(models.Model):
    """A message to a visitor, in both languages; the worker mails it and sends it to the mobile."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="letters", verbose_name=_("booking"))
    text_fa = models.TextField(_("text, Persian"))
    text_en = models.TextField(_("text, English"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    texted_at = models.DateTimeField(_("sent to the mobile at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("sendings that failed"), default=0)

    class Meta:
        verbose_name = _("letter to a visitor")
        verbose_name_plural = _("letters to visitors")
        ordering = ["id"]


class HostPlan(models.Model):
    """A host's own word of the week of a visit: from then on it stands over what the visit's page says."""

    subject = models.UUIDField(_("translation key of its page"), unique=True)
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="visit_plans", verbose_name=_("host"))
    price_rial = Rial(_("price of a place (rial)"), default=0, validators=[MinValueValidator(0)])
    languages = models.JSONField(_("languages"), default=list)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("a host's plan of the week")
        verbose_name_plural = _("hosts' plans of the week")
        constraints = [models.CheckConstraint(condition=Q(price_rial__gte=0), name="plan_price_is_not_below_zero")]


class HostTime(models.Model):
    """A day of the week and an hour of a host's plan. `weekday` is Python's: Monday is 0."""

    plan = models.ForeignKey(HostPlan, on_delete=models.CASCADE, related_name="times", verbose_name=_("plan"))
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    starts = models.TimeField(_("from"))
    places = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("time of a host's plan")
        verbose_name_plural = _("times of hosts' plans")
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "weekday", "starts"], name="host_time_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6, places__gt=0), name="host_time_can_be"),
        ]
