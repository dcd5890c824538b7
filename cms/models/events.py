"""Events of a city, which may come again by the Jalali calendar, and courses of its craft."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms import choosers
from cms.events import rules, words
from cms.events.plan import Hours, Plan, once
from cms.fields import PartsField
from cms.models.base import MarketPage
from cms.models.happenings import Happening
from marketplace.bookings.recurrence import EachWeekday, EachYear, EveryMonths, EveryWeeks, Rule
from marketplace.core.jalali import jalali
from marketplace.crafts.models import Craft
from marketplace.found.happenings import Occasion, course_node, event_node
from marketplace.makers.models import Maker

#: Weeks or months between two times of an event.
MOST_STEPS = 24
WEEKDAYS = (
    ("5", _("Saturday")),
    ("6", _("Sunday")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
)


class PartBlock(blocks.StructBlock):
    """A part of the programme."""

    time = blocks.TimeBlock(label=_("Hour"), required=False)
    text = blocks.CharBlock(label=_("What happens"), max_length=200)


class Programme(blocks.StreamBlock):
    """What happens when, in order."""

    part = PartBlock(label=_("Part"), icon="time")


class LessonBlock(blocks.StructBlock):
    """A day of the week with its hours."""

    weekday = blocks.ChoiceBlock(label=_("Day of the week"), choices=WEEKDAYS)
    starts = blocks.TimeBlock(label=_("From"))
    ends = blocks.TimeBlock(label=_("To"))

    def clean(self, value: Any) -> Any:
        """Refuses a lesson that ends before it starts."""
        cleaned = super().clean(value)
        if cleaned["ends"] <= cleaned["starts"]:
            late = ValidationError(_("It ends before it starts."), code="ends_before_start")
            raise blocks.StructBlockValidationError(block_errors={"ends": late})
        return cleaned


class Lessons(blocks.StreamBlock):
    """The days of a course's week."""

    lesson = LessonBlock(label=_("Lesson"), icon="date")


class EventPage(Happening):
    """An event: a market of felt, an open day, a festival. Its repetition follows its first day by the Jalali calendar."""

    class Repeats(models.TextChoices):
        NEVER = "never", _("Does not repeat")
        WEEKLY = "weekly", _("By weeks, on the same day of the week")
        MONTHLY = "monthly", _("By Jalali months, on the same day of the month")
        YEARLY = "yearly", _("Each Jalali year, on the same day")

    starts_at = models.TimeField(_("from"), null=True, blank=True, help_text=_("Empty for the whole day."))
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    repeats = models.CharField(_("repeats"), max_length=8, choices=Repeats.choices, default=Repeats.NEVER)
    every = models.PositiveSmallIntegerField(
        _("every so many"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_STEPS)],
        help_text=_("Weeks or Jalali months; a year is always one."),
    )
    until = models.DateField(_("repeats until"), null=True, blank=True)
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    host = models.ForeignKey(
        Maker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("host"),
        help_text=_("A maker who stands at the door and is paid, where it takes bookings."),
    )
    programme = PartsField(Programme(), blank=True, verbose_name=_("programme"))

    drawn_by = "cms/event.html"
    content_panels: ClassVar = [
        *MarketPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("repeats"), FieldPanel("every"), FieldPanel("until")]),
            ],
            heading=_("When"),
        ),
        Happening.place_panel,
        FieldPanel("programme"),
        InlinePanel("crafts", label=_("Craft"), heading=_("Crafts")),
        FieldPanel("organiser"),
        FieldPanel("host", widget=choosers.MAKERS.widget_class),
        *Happening.closing_panels,
    ]
    search_fields: ClassVar = [*Happening.search_fields, index.SearchField("organiser")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.starts_on is None:
            return
        rules.require_hours(self)
        rules.require_whole_repetition(self)

    @property
    def host_maker(self) -> Maker | None:
        return self.host

    @property
    def length(self) -> int:
        """How many days one time takes."""
        return (self.ends_on - self.starts_on).days + 1 if self.ends_on else 1

    @property
    def step(self) -> int:
        """Weeks, months or years from one time to the next."""
        return 1 if self.repeats == self.Repeats.YEARLY else self.every

    @property
    def rule(self) -> Rule:
        """On which days it begins."""
        match self.repeats:
            case self.Repeats.WEEKLY:
                return EveryWeeks(self.step, self.starts_on, self.until or self.starts_on.max)
            case self.Repeats.MONTHLY:
                return EveryMonths(self.step, self.starts_on)
            case self.Repeats.YEARLY:
                first = jalali(self.starts_on)
                return EachYear(first.month, first.day)
        return once(self.starts_on)

    @cached_property
    def plan(self) -> Plan:
        """One rule, the same hours each time."""
        until = self.starts_on if self.repeats == self.Repeats.NEVER else self.until
        hours = Hours(self.starts_at, self.ends_at)
        return Plan(((self.rule, hours),), self.starts_on, until, self.length, self.off_days, self.is_called_off)

    @property
    def when_words(self) -> str:
        match self.repeats:
            case self.Repeats.WEEKLY:
                sentence = words.weekly_words(self.step, self.starts_on)
            case self.Repeats.MONTHLY:
                sentence = words.monthly_words(self.step, self.starts_on)
            case self.Repeats.YEARLY:
                sentence = words.yearly_words(self.starts_on)
            case _never:
                return ""
        return words.until_words(sentence, self.until)

    def craft_list(self) -> list[Craft]:
        """The crafts it is about; one query."""
        rows = self.crafts.all()
        if isinstance(rows, QuerySet):  # a draft's own rows are no query
            rows = rows.select_related("craft")
        return [row.craft for row in rows]

    def shown_programme(self) -> list[dict[str, str]]:
        """`hour` and `text` of each part."""
        return [{"hour": words.hour_words(part.value["time"]), "text": part.value["text"]} for part in self.programme]

    def node(self, occasion: Occasion, base: str) -> dict[str, Any]:
        return event_node(occasion, base=base, organiser=self.organiser)


class EventCraft(Orderable):
    """A craft that an event is about."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="crafts")
    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft"))

    panels: ClassVar = [FieldPanel("craft", widget=choosers.CRAFTS.widget_class)]

    class Meta(Orderable.Meta):
        verbose_name = _("craft of an event")
        verbose_name_plural = _("crafts of events")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "craft"], name="event_craft_once"),
        ]


class CoursePage(Happening):
    """A training course: a craft, a teacher, days of the week between two days."""

    class Level(models.TextChoices):
        FIRST = "first", _("For beginners")
        FURTHER = "further", _("For those who know the basics")
        MASTER = "master", _("For practised hands")

    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft"))
    teacher = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("teacher")
    )
    level = models.CharField(_("level"), max_length=8, choices=Level.choices, default=Level.FIRST)
    lessons = PartsField(Lessons(), verbose_name=_("lessons in a week"))

    lists_each_time = False
    drawn_by = "cms/course.html"
    content_panels: ClassVar = [
        *MarketPage.content_panels,
        FieldPanel("craft", widget=choosers.CRAFTS.widget_class),
        FieldPanel("teacher", widget=choosers.MAKERS.widget_class),
        FieldPanel("level"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("lessons"),
        Happening.place_panel,
        *Happening.closing_panels,
    ]

    class Meta:
        verbose_name = _("training course")
        verbose_name_plural = _("training courses")

    def clean(self) -> None:
        super().clean()
        rules.require_last_day(self)
        rules.require_lessons(self)

    @property
    def host_maker(self) -> Maker | None:
        return self.teacher

    @cached_property
    def plan(self) -> Plan:
        """A rule for each lesson of the week."""
        lessons = tuple(
            (EachWeekday(int(part.value["weekday"])), Hours(part.value["starts"], part.value["ends"]))
            for part in self.lessons
        )
        return Plan(lessons, self.starts_on, self.ends_on, 1, self.off_days, self.is_called_off)

    @property
    def when_words(self) -> str:
        return words.course_words(self.starts_on, self.ends_on)

    def shown_lessons(self) -> list[dict[str, str]]:
        """`weekday` and `hours` of each lesson of the week."""
        names = dict(WEEKDAYS)
        return [
            {
                "weekday": str(names[part.value["weekday"]]),
                "hours": words.hours_words(Hours(part.value["starts"], part.value["ends"])),
            }
            for part in self.lessons
        ]

    def craft_list(self) -> list[Craft]:
        """The craft it teaches."""
        return [self.craft]

    def node(self, occasion: Occasion, base: str) -> dict[str, Any]:
        return course_node(
            occasion,
            base=base,
            span=(self.starts_on, self.ends_on),
            teacher=self.teacher.name if self.teacher else "",
            places=self.places,
        )
