"""A manager's round through a venue: what was asked and seen at each stall. What followed from it is in `measures`."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.makers.models import private_storage
from marketplace.stalls.models import Lease, Stall

WHO = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class About(models.TextChoices):
    """What a question asks about and a finding is of."""

    FOREIGN = "foreign", _("goods of foreign origin")
    TRADE = "trade", _("goods out of the registered trade")
    PRICES = "prices", _("price tags")
    SEALS = "seals", _("seals and passports")
    LICENCE = "licence", _("licence on the wall")
    CLEAN = "clean", _("cleanliness")
    SAFETY = "safety", _("safety of people")
    PRESENCE = "presence", _("the tenant's own presence")
    OTHER = "other", _("something else")


class QuestionQuerySet(models.QuerySet):
    def asked_on(self, day: date):
        """Questions of the checklist on a day, in order."""
        return self.filter(Q(asked_until__isnull=True) | Q(asked_until__gte=day), asked_from__lte=day)


class Question(models.Model):
    """A question of the market's own checklist, asked from a day to a day. Answered with yes, all is well."""

    about = models.CharField(_("about"), max_length=10, choices=About.choices)
    text_fa = models.CharField(_("question, Persian"), max_length=200)
    text_en = models.CharField(_("question, English"), max_length=200)
    asked_from = models.DateField(_("asked from"))
    asked_until = models.DateField(_("asked until, included"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("questions of the checklist")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_until__isnull=True) | Q(asked_until__gte=F("asked_from")),
                name="question_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.text_en if (get_language() or "fa").startswith("en") else self.text_fa


class Round(models.Model):
    """A walk through a venue on a day. Open until its manager ends it."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("venue"))
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), **WHO)
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "by"], condition=Q(ended_at__isnull=True), name="one_open_round_a_manager"
            )
        ]


class Visit(models.Model):
    """A stall that was looked at in a round, and who held it then."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits", verbose_name=_("round"))
    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="visits", verbose_name=_("stall"))
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="visits", verbose_name=_("lease"))
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("visit of a stall")
        verbose_name_plural = _("visits of stalls")
        constraints = [models.UniqueConstraint(fields=["round", "stall"], name="one_visit_a_stall")]


class Answer(models.Model):
    """What was seen, question by question. The question's words are kept as they were asked."""

    class Is(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNSEEN = "unseen", _("could not be seen")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers", verbose_name=_("visit"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    asked_fa = models.CharField(_("question, Persian"), max_length=200)
    asked_en = models.CharField(_("question, English"), max_length=200)
    given = models.CharField(_("answer"), max_length=6, choices=Is.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["question__position", "id"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["visit", "question"], name="one_answer_a_question")]

    @property
    def asked(self) -> str:
        """The question as it was asked, in the reader's language."""
        return self.asked_en if (get_language() or "fa").startswith("en") else self.asked_fa


class Photo(models.Model):
    """A photo of a visit, encoded anew without the camera's data. `taken_at` is what the camera said, which nobody can prove."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos", verbose_name=_("visit"))
    file = models.FileField(_("photo"), storage=private_storage, upload_to="rounds/%Y/")
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(_("taken at, by the camera's clock"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), **WHO)

    class Meta:
        ordering = ["id"]
        verbose_name = _("photo of a visit")
        verbose_name_plural = _("photos of visits")


class Finding(models.Model):
    """What was found wrong at a stall, in words that its tenant reads. Rows are only added."""

    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="findings", verbose_name=_("lease"))
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="findings", verbose_name=_("visit")
    )
    about = models.CharField(_("about"), max_length=10, choices=About.choices)
    text = models.TextField(_("what was found"))
    photos = models.ManyToManyField(Photo, blank=True, related_name="findings", verbose_name=_("photos"))
    found_on = models.DateField(_("found on"))
    found_at = models.DateTimeField(_("written at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), **WHO)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return f"{self.lease_id} {self.about}"


class Measure(models.Model):
    """A step of the ladder against a lease. Rows are only added; `after` is the step it answers.

    A warning gives days to mend (`mend_by`, included); a closure runs from `starts_on` to `ends_on` (both included).
    """

    class Kind(models.TextChoices):
        WARNING = "warning", _("warning")
        MENDED = "mended", _("mended")
        CLOSURE = "closure", _("closure")
        APPEAL = "appeal", _("appeal")
        DECISION = "decision", _("decision on the appeal")
        LIFTING = "lifting", _("lifting")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("it stands")
        LIFTED = "lifted", _("it is lifted")

    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="measures", verbose_name=_("lease"))
    kind = models.CharField(_("step"), max_length=10, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=32, unique=True)
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="measures", verbose_name=_("finding")
    )
    after = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", verbose_name=_("answers")
    )
    given_on = models.DateField(_("given on"))
    given_at = models.DateTimeField(_("written at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), **WHO)
    text = models.TextField(_("reason"))
    must_mend = models.TextField(_("what must be mended"), blank=True)
    mend_by = models.DateField(_("to be mended by, included"), null=True, blank=True)
    starts_on = models.DateField(_("closed from"), null=True, blank=True)
    ends_on = models.DateField(_("closed until, included"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = [models.Index(fields=["lease", "kind"], name="measure_of_lease")]
        constraints = [
            models.UniqueConstraint(fields=["after", "kind"], name="one_answer_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(kind="warning") | Q(mend_by__gte=F("given_on")), name="warning_gives_days"
            ),
            models.CheckConstraint(
                condition=~Q(kind="closure") | Q(starts_on__gte=F("given_on"), ends_on__gte=F("starts_on")),
                name="closure_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(kind="decision") & ~Q(outcome="") | ~Q(kind="decision") & Q(outcome=""),
                name="decision_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Letter(models.Model):
    """The letter of a measure as it was given: a PDF in one language, and its digest. Rows are only added."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="letters", verbose_name=_("measure"))
    language = models.CharField(_("language"), max_length=2)
    file = models.FileField(_("file"), storage=private_storage, upload_to="letters/%Y/")
    sha256 = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [models.UniqueConstraint(fields=["measure", "language"], name="one_letter_a_language")]
