"""Works: Oscar's product with a maker, a craft, a size and an origin. A piece is one physical thing, a product line what a seal covers."""

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct, AbstractProductImage
from oscar.apps.catalogue.managers import ProductQuerySet

from catalogue.craft_fields import told
from marketplace.crafts.models import Craft, CraftGroup, Named
from marketplace.makers.models import Maker, private_storage
from marketplace.places.models import City

#: `domestic_until` of a work whose origin an officer verified without an end.
FOR_EVER = date(9999, 12, 31)


class Material(Named):
    """What a work is made of, such as hand-spun wool."""

    class Meta:
        ordering = ["slug"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")


class Technique(Named):
    """How works are made, such as slit tapestry: what makers wrote, each kept once however it is spelled. See `techniques.named`."""

    key_fa = models.CharField(max_length=160, blank=True, db_index=True, editable=False)
    key_en = models.CharField(max_length=160, blank=True, db_index=True, editable=False)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")


class ProductLine(models.Model):
    """A maker's line of like works: what a seal is granted to."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="product_lines")
    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="product_lines")
    name_fa = models.CharField(_("Persian name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        verbose_name = _("product line")
        verbose_name_plural = _("product lines")
        constraints = [models.UniqueConstraint(fields=["maker", "name_en"], name="product_line_name_of_maker")]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa


class Category(AbstractCategory):
    """Oscar's category; ours mirror craft groups and crafts."""

    craft_group = models.OneToOneField(CraftGroup, null=True, blank=True, on_delete=models.CASCADE)
    craft = models.OneToOneField(Craft, null=True, blank=True, on_delete=models.CASCADE)


class WorkQuerySet(ProductQuerySet):
    def domestic_on(self, day: date):
        """Works whose Iranian origin holds on a day: the same dates the trigger and the search filter compare."""
        return self.filter(origin_state=Product.Origin.DOMESTIC, domestic_until__gte=day)

    def with_frame(self):
        """What every card and page needs, in a fixed number of queries."""
        return self.select_related("maker", "craft", "craft__group", "city", "city__province", "product_line")


class Product(AbstractProduct):
    """A work. Lengths in millimetres, weight in grams."""

    class Origin(models.TextChoices):
        DOMESTIC = "domestic", _("Iranian origin")
        FOREIGN = "foreign", _("Foreign origin")
        UNPROVEN = "unproven", _("Origin not proven")
        DISPUTED = "disputed", _("Origin disputed")

    class Basis(models.TextChoices):
        DECLARED = "declared", _("declared by its maker")
        VERIFIED = "verified", _("verified by an officer")
        SEAL = "seal", _("shown by a seal")

    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.PROTECT, related_name="works", verbose_name=_("maker")
    )
    craft = models.ForeignKey(
        Craft, null=True, blank=True, on_delete=models.PROTECT, related_name="works", verbose_name=_("craft")
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="works", verbose_name=_("city")
    )
    product_line = models.ForeignKey(ProductLine, null=True, blank=True, on_delete=models.PROTECT, related_name="works")
    title_en = models.CharField(_("English title"), max_length=255, blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    materials = models.ManyToManyField(Material, blank=True, related_name="works", verbose_name=_("materials"))
    technique_fa = models.CharField(_("technique, Persian"), max_length=160, blank=True)
    technique_en = models.CharField(_("technique, English"), max_length=160, blank=True)
    technique = models.ForeignKey(
        Technique, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="works"
    )
    length_mm = models.PositiveIntegerField(_("length (mm)"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("width (mm)"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("height (mm)"), null=True, blank=True)
    weight_grams = models.PositiveIntegerField(_("weight (g)"), null=True, blank=True)
    blade_mm = models.PositiveIntegerField(_("blade (mm)"), null=True, blank=True)
    facts = models.JSONField(
        _("what its craft is asked"), default=dict, blank=True, help_text="see catalogue/craft_fields.py"
    )
    hours = models.PositiveIntegerField(_("hours of work"), null=True, blank=True)
    one_of_a_kind = models.BooleanField(_("one of a kind"), default=True)
    made_to_order = models.BooleanField(_("made to order"), default=False)
    lead_days = models.PositiveSmallIntegerField(
        _("days to make or prepare"), default=2, validators=[MinValueValidator(0)]
    )
    personal_most = models.PositiveSmallIntegerField(
        _("letters of a buyer's own text"), default=0, help_text=_("0: it takes no text of the buyer.")
    )
    personal_hint_fa = models.CharField(_("hint for the text, Persian"), max_length=160, blank=True)
    personal_hint_en = models.CharField(_("hint for the text, English"), max_length=160, blank=True)
    origin_country = models.CharField(_("country of origin"), max_length=2, blank=True)
    origin_state = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.UNPROVEN)
    origin_basis = models.CharField(_("basis of the origin"), max_length=8, choices=Basis.choices, blank=True)
    origin_place = models.CharField(_("place of origin"), max_length=120, blank=True)
    domestic_until = models.DateField(_("Iranian origin holds until"), null=True, blank=True)
    import_permit = models.ForeignKey(
        "catalogue.ImportPermit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="works",
        verbose_name=_("import permit"),
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = WorkQuerySet.as_manager()

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(origin_state="domestic", domestic_until__isnull=False)
                    | (~models.Q(origin_state="domestic") & models.Q(domestic_until__isnull=True))
                ),
                name="domestic_has_its_date",
            ),
        ]
        indexes = [
            models.Index(fields=["-date_created", "-id"], name="work_newest"),
            models.Index(fields=["city", "-date_created"], name="work_city_newest"),
            models.Index(fields=["craft", "-date_created"], name="work_craft_newest"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("shop:work", args=[self.pk, self.slug])

    @property
    def title_fa(self) -> str:
        """Oscar's title is the Persian one."""
        return self.title

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return (self.title_en if (get_language() or "fa").startswith("en") else "") or self.get_title()

    @property
    def told_facts(self) -> list[tuple[str, str]]:
        """What its craft was asked and its maker told, as label and text."""
        return told(self.facts)

    @property
    def personal_hint(self) -> str:
        """What the maker says of the buyer's own text, in the reader's language, else in the other one."""
        mine, other = self.personal_hint_fa, self.personal_hint_en
        return (other or mine) if (get_language() or "fa").startswith("en") else (mine or other)

    @property
    def origin_work(self) -> "Product":
        """The work whose origin counts: a variant's is its parent's, as the database's own rules have it."""
        return self.parent if self.parent_id else self

    @property
    def is_single_piece(self) -> bool:
        """Whether there is one of it and no other, wherever it is offered: `require_one_sale` in the database reads it the same way."""
        return self.one_of_a_kind and not self.made_to_order and self.structure == self.STANDALONE

    @property
    def stated_origin(self) -> str:
        """The origin's state as written, whatever the day; a variant answers for its work."""
        return self.origin_work.origin_state

    def shown_origin(self, day: date) -> "Product.Origin":
        """The origin under which it is shown and sold on a day: one whose proof has ended is not proven."""
        state = Product.Origin(self.stated_origin)
        lapsed = state == Product.Origin.DOMESTIC and not self.is_domestic_on(day)
        return Product.Origin.UNPROVEN if lapsed else state

    @property
    def craft_city(self) -> City | None:
        """The city whose craft it is: none for a foreign work, wherever its seller sits."""
        return None if self.stated_origin == Product.Origin.FOREIGN else self.city

    def is_domestic_on(self, day: date) -> bool:
        """Whether its Iranian origin holds on a day; a variant answers for its work."""
        work = self.origin_work
        until = work.domestic_until
        return work.origin_state == self.Origin.DOMESTIC and until is not None and until >= day


class ImportPermit(models.Model):
    """A customs paper (برگ سبز) that shows goods were legally imported. It proves import, never the right to sell in a bound venue."""

    class State(models.TextChoices):
        DECLARED = "declared", _("declared by the seller")
        CHECKED = "checked", _("checked by an officer")
        REFUSED = "refused", _("refused by an officer")

    maker = models.ForeignKey(
        Maker, on_delete=models.PROTECT, related_name="import_permits", verbose_name=_("registered for")
    )
    number = models.CharField(_("number"), max_length=60)
    country = models.CharField(_("country of origin"), max_length=2)
    issued_on = models.DateField(_("issued on"))
    pieces = models.PositiveIntegerField(_("pieces it covers"), null=True, blank=True)
    goods = models.CharField(_("goods it names"), max_length=255, blank=True)
    scan = models.FileField(_("scan"), storage=private_storage, upload_to="permits/%Y/", blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DECLARED)
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import permit")
        verbose_name_plural = _("import permits")
        constraints = [models.UniqueConstraint(fields=["maker", "number"], name="import_permit_number_of_maker")]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> bool:
        """Whether works may be offered under it. Legal import does not lapse; only an officer's refusal ends it."""
        return self.state != self.State.REFUSED


class OriginDecision(models.Model):
    """What was decided about a work's origin, by whom and why. Rows are only added; the newest is in force."""

    work = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="origin_decisions", verbose_name=_("work"))
    state = models.CharField(_("origin"), max_length=8, choices=Product.Origin.choices)
    country = models.CharField(_("country of origin"), max_length=2, blank=True)
    place = models.CharField(_("place of origin"), max_length=120, blank=True)
    basis = models.CharField(_("basis of the origin"), max_length=8, choices=Product.Basis.choices)
    until = models.DateField(_("Iranian origin holds until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("decided by")
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("decision on origin")
        verbose_name_plural = _("decisions on origin")


class OriginDocument(models.Model):
    """A paper that speaks for a work's origin. Private: the maker and officers read it through signed addresses."""

    work = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="origin_documents", verbose_name=_("work"))
    title = models.CharField(_("what it is"), max_length=160)
    file = models.FileField(_("file"), storage=private_storage, upload_to="origins/%Y/")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("added by")
    )
    at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("document of origin")
        verbose_name_plural = _("documents of origin")


class ProductImage(AbstractProductImage):
    """A picture of a work: re-encoded WebP only. Sizes are made by the picture pipeline; the colour stands in while it loads."""

    original = models.ImageField(_("original"), upload_to="works/%Y/%m/", max_length=255)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sizes = models.JSONField(default=dict, help_text="width in pixels → stored name of that rendition")
    colour = models.CharField(max_length=7, default="#d9cdb8")
    colours = models.JSONField(
        null=True, blank=True, help_text="families of its dominant colours; null: not looked at yet"
    )
    alt_fa = models.CharField(_("what it shows, Persian"), max_length=255, blank=True)
    alt_en = models.CharField(_("what it shows, English"), max_length=255, blank=True)
    is_demo = models.BooleanField(_("drawn by computer for the demo"), default=False)


class Piece(models.Model):
    """One physical thing: what a passport will belong to."""

    work = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField(_("number within the work"))
    made_on = models.DateField(_("made on"), null=True, blank=True)

    class Meta:
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="piece_number_of_work")]


from oscar.apps.catalogue.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
