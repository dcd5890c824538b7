"""Passports: one for a piece (or a batch of like pieces), found by an unguessable code; what was seen of it; whose it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Piece, Product
from marketplace.makers.models import Maker, private_storage


class LabelSheet(models.Model):
    """Labels that were made at once. `file` holds the words under the scratch fields, so it goes as soon as it is printed, at the
    latest after thirty days; spoiled labels are voided one by one."""

    class Layout(models.TextChoices):
        LARGE = "a4-2x4", _("8 large labels on A4")
        MEDIUM = "a4-3x8", _("24 labels on A4")
        SMALL = "a4-4x11", _("44 small labels on A4")

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="label_sheets", verbose_name=_("maker"))
    work = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="label_sheets", verbose_name=_("work"))
    layout = models.CharField(_("layout"), max_length=10, choices=Layout.choices, default=Layout.MEDIUM)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("made by")
    )
    file = models.FileField(_("sheet to print"), storage=private_storage, upload_to="labels/%Y/", blank=True)
    printed_at = models.DateTimeField(_("printed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sheet of labels")
        verbose_name_plural = _("sheets of labels")
        ordering = ["-id"]


class Passport(models.Model):
    """What stands behind a label. The code is 130 random bits; the one under the scratch field is kept as a keyed hash only.

    `status_index` is its place in the public status lists. A passport is never deleted: a void label stays void.
    """

    code = models.CharField(_("code"), max_length=26, unique=True)
    serial = models.CharField(_("serial"), max_length=20)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True)
    scratch_hash = models.CharField(max_length=64)
    status_index = models.PositiveIntegerField(_("place in the status lists"), unique=True)
    work = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="passports", verbose_name=_("work"))
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="passports", verbose_name=_("maker"))
    piece = models.OneToOneField(
        Piece, null=True, blank=True, on_delete=models.PROTECT, related_name="passport", verbose_name=_("piece")
    )
    pieces = models.PositiveIntegerField(_("pieces it stands for"), default=1)
    sheet = models.ForeignKey(
        LabelSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="passports", verbose_name=_("sheet")
    )
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    voided_on = models.DateField(_("label voided on"), null=True, blank=True)
    because = models.CharField(_("why"), max_length=300, blank=True)
    order_line = models.ForeignKey(
        "order.Line",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="passports",
        verbose_name=_("order line it left with"),
    )
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="passports",
        verbose_name=_("owner"),
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("passport")
        verbose_name_plural = _("passports")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["maker", "serial"], name="passport_serial_of_maker"),
            models.UniqueConstraint(fields=["gtin", "serial"], condition=~Q(gtin=""), name="passport_serial_of_gtin"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="passport_stands_for_a_piece"),
        ]
        indexes = [
            models.Index(fields=["maker", "issued_on"], name="passport_of_maker_issued"),
            models.Index(
                fields=["status_index"],
                condition=Q(revoked_on__isnull=False) | Q(suspended_on__isnull=False) | Q(voided_on__isnull=False),
                name="passport_not_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return f"/v/{self.code}"


class Scan(models.Model):
    """One look at a label. Place and device are keyed hashes that tell "same" from "other" and nothing else."""

    class Kind(models.TextChoices):
        LOOKED = "looked", _("looked up")
        ACTIVATED = "activated", _("activated")
        DISPATCHED = "dispatched", _("scanned at dispatch")
        TRIED = "tried", _("activation refused")

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="scans", verbose_name=_("passport"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LOOKED)
    place = models.CharField(_("network, hashed"), max_length=16)
    device = models.CharField(_("device, hashed"), max_length=16)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes = [models.Index(fields=["passport", "kind", "at"], name="scan_of_passport")]


class ScanWatch(models.Model):
    """How far the looks have been gone through for copied labels: one row, the last scan that was read."""

    last = models.PositiveBigIntegerField(_("last scan that was read"), default=0)

    class Meta:
        verbose_name = _("watch over scans")
        verbose_name_plural = _("watches over scans")


class Transfer(models.Model):
    """A title on its way to a new owner: offered by one side, accepted by the other with a secret word of their own link."""

    passport = models.ForeignKey(
        Passport, on_delete=models.CASCADE, related_name="transfers", verbose_name=_("passport")
    )
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("giver"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("taker"),
    )
    token_hash = models.CharField(max_length=64, unique=True)
    offered_at = models.DateTimeField(_("offered at"), auto_now_add=True)
    ends_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("transfer of title")
        verbose_name_plural = _("transfers of title")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["passport"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_transfer",
            )
        ]


class Doubt(models.Model):
    """Somebody who looked at a label doubts it. Read by officers."""

    passport = models.ForeignKey(
        Passport, null=True, blank=True, on_delete=models.PROTECT, related_name="doubts", verbose_name=_("passport")
    )
    code = models.CharField(_("code as it was read"), max_length=120)
    text = models.TextField(_("what was seen"))
    photo = models.FileField(_("photo"), storage=private_storage, upload_to="doubts/%Y/", blank=True)
    contact = models.CharField(_("how to reach the reporter"), max_length=120, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        ordering = ["-id"]
