"""Forms of an exporter: the head of the papers, a consignment's terms, its lines, a payment that came."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.codes import read_code
from authenticity.models import Passport
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.persian import DECIMAL_POINT, THOUSANDS, to_latin_digits
from marketplace.desks.countries import HOME, countries
from marketplace.desks.fields import CentimetresField
from marketplace.desks.forms.base import reader_language
from marketplace.export.currencies import from_minor, to_minor
from marketplace.export.models import CartonSize, Consignment, ConsignmentLine, Exporter
from marketplace.order.models import Order
from marketplace.ui.forms import DayField, DigitsInput, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits, jalali_brief

_TEXT = forms.Textarea({"rows": 3})
_LATIN = {"dir": "ltr"}


class AmountField(forms.Field):
    """An amount in a currency's own units, in any digits; cleaned to a Decimal, zero or more."""

    widget = DigitsInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: str | None) -> Decimal | None:
        if value in self.empty_values:
            return None
        typed = to_latin_digits(value).replace(THOUSANDS, "").replace(",", "").replace(" ", "")
        try:
            amount = Decimal(typed.replace(DECIMAL_POINT, "."))
        except InvalidOperation:
            raise ValidationError(
                _("Write an amount, such as %(example)s."), code="invalid", params={"example": "120.50"}
            )
        if not amount.is_finite() or not 0 <= amount < 10**12:
            raise ValidationError(_("This amount cannot be right."), code="amount")
        return amount

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return digits(f"{value:f}").replace(".", DECIMAL_POINT) if reader_language() == "fa" else f"{value:f}"


def in_minor(form: forms.Form, name: str, currency: str) -> None:
    """Clean an amount of a form to whole minor units; an error at its field where a part of one is left over."""
    amount = form.cleaned_data.get(name)
    if amount is None:
        return
    try:
        form.cleaned_data[name] = to_minor(amount, currency)
    except ValueError:
        form.add_error(name, ValidationError(_("%(currency)s has no such small part."), params={"currency": currency}))


class ExporterForm(forms.ModelForm):
    """Who sends: the head of every paper."""

    class Meta:
        model = Exporter
        fields = ("name_fa", "name_en", "address_fa", "address_en", "phone", "email", "card_number")
        widgets = {
            "address_fa": _TEXT,
            "address_en": forms.Textarea({"rows": 3, "dir": "ltr"}),
            "name_en": forms.TextInput(_LATIN),
            "phone": forms.TextInput(_LATIN),
            "email": forms.EmailInput(_LATIN),
            "card_number": forms.TextInput(_LATIN),
        }
        help_texts = {"card_number": _("It is printed as you write it; the market checks it with no office.")}


class ConsignmentForm(forms.ModelForm):
    """What was agreed with the buyer abroad."""

    valid_until = DayField(label=_("The proforma is valid until"))
    freight_minor = AmountField(label=_("Freight on the invoice"), required=False)
    insurance_minor = AmountField(label=_("Insurance on the invoice"), required=False)

    class Meta:
        model = Consignment
        fields = (
            *("origin", "buyer_name", "buyer_address", "buyer_country", "buyer_email", "buyer_phone", "currency"),
            *("incoterm", "place", "valid_until", "freight_minor", "insurance_minor", "point"),
            "eu_responsible",
        )
        widgets = {
            "buyer_name": forms.TextInput(_LATIN),
            "buyer_address": forms.Textarea({"rows": 3, "dir": "ltr"}),
            "buyer_email": forms.EmailInput(_LATIN),
            "buyer_phone": forms.TextInput(_LATIN),
            "place": forms.TextInput(_LATIN),
            "point": forms.Textarea({"rows": 2}),
            "eu_responsible": forms.TextInput(_LATIN),
        }
        help_texts = {
            "buyer_name": _("In Latin letters, as the customs abroad read it."),
            "place": _("The place that belongs to the delivery term, such as the airport or the buyer's door."),
            "eu_responsible": _("Name and address; asked for goods that go into the Union."),
            "point": _("Where the makers' pieces come together and are packed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        abroad = [(code, name) for code, name in countries(reader_language()) if code != HOME]
        self.fields["buyer_country"] = forms.ChoiceField(
            label=_("Country of destination"), choices=[("", "—"), *abroad]
        )
        self.fields["valid_until"].help_text = _("Year/month/day, such as %(example)s.") % {
            "example": jalali_brief(today())
        }
        for name in ("freight_minor", "insurance_minor"):
            if self.instance.pk:
                self.initial[name] = from_minor(getattr(self.instance, name), self.instance.currency)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("freight_minor", "insurance_minor"):
            if "currency" in cleaned:
                in_minor(self, name, cleaned["currency"])
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = 0
        return cleaned


class AddForm(forms.Form):
    """A work, a piece by its label, or an own order of the market."""

    what = forms.CharField(
        label=_("Work, label or order"),
        max_length=300,
        help_text=_(
            "The address of a work's page or its number, the code of a piece's label, or the number of an order that you placed here."
        ),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    quantity = WholeNumberField(label=_("Pieces"), min_value=1, max_value=10_000, initial=1)
    unit_minor = AmountField(label=_("Price of one"), required=False)

    def __init__(self, *args: Any, consignment: Consignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consignment = consignment
        self.work: Product | None = None
        self.passport: Passport | None = None
        self.order: Order | None = None

    def clean_what(self) -> str:
        typed = to_latin_digits(self.cleaned_data["what"]).strip()
        self.order = Order.objects.filter(number=typed.upper(), user=self.consignment.exporter.user).first()
        code = "" if self.order else read_code(typed)
        if code:
            self.passport = Passport.objects.select_related("work__maker", "work__parent").filter(code=code).first()
            self.work = self.passport.work if self.passport else None
        number = typed if typed.isdecimal() else _number_in(typed)
        if number and not code and not self.order:
            self.work = Product.objects.select_related("maker", "parent").filter(pk=number, is_public=True).first()
        if not (self.work or self.order):
            raise ValidationError(_("No such work, label or own order was found."), code="unknown")
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_minor(self, "unit_minor", self.consignment.currency)
        _forbid_nothing(self)
        return cleaned


def _number_in(address: str) -> str:
    """The number in the address of a work's page: …/work/12/…"""
    _before, found, rest = address.partition("/work/")
    number = rest.partition("/")[0]
    return number if found and number.isdecimal() and len(number) < 16 else ""


def _forbid_nothing(form: forms.Form) -> None:
    if form.cleaned_data.get("unit_minor") == 0:
        form.add_error("unit_minor", ValidationError(_("A price is more than zero."), code="no_price"))


class PriceForm(forms.Form):
    """How many, and what one costs."""

    quantity = WholeNumberField(label=_("Pieces"), min_value=1, max_value=10_000)
    unit_minor = AmountField(label=_("Price of one"))

    def __init__(self, *args: Any, line: ConsignmentLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = line.consignment.currency
        price = None if line.unit_minor is None else from_minor(line.unit_minor, self.currency)
        self.initial = {"quantity": line.quantity, "unit_minor": price}
        if line.passport_id:
            self.fields["quantity"].disabled = True
            self.fields["quantity"].help_text = _("The label says how many it stands for.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_minor(self, "unit_minor", self.currency)
        _forbid_nothing(self)
        return cleaned


class MeasureForm(forms.Form):
    """One packed piece: its size, weight and handling, and its HS code."""

    length_mm = CentimetresField(label=_("Packed length (cm)"))
    width_mm = CentimetresField(label=_("Packed width (cm)"))
    height_mm = CentimetresField(label=_("Packed height (cm)"), help_text=_("The side that stands upright."))
    weight_grams = WholeNumberField(label=_("Packed weight (g)"), min_value=1, max_value=2_000_000)
    is_fragile = forms.BooleanField(label=_("Fragile: nothing on top of it"), required=False)
    is_upright = forms.BooleanField(label=_("Must not tilt"), required=False)
    roll_diameter_mm = CentimetresField(
        label=_("Rolled: diameter (cm)"), required=False, help_text=_("Only where it may be rolled.")
    )
    roll_width_mm = CentimetresField(label=_("Rolled: length of the roll (cm)"), required=False)
    hs_code = forms.RegexField(
        label=_("HS code"),
        regex=r"^\d{4}(\.?\d{2}){0,3}$",
        required=False,
        widget=forms.TextInput(_LATIN),
        error_messages={"invalid": _("An HS code has 4 to 10 digits, such as %(example)s.") % {"example": "5702.10"}},
    )
    cites_permit = forms.CharField(
        label=_("Number of the CITES permit"),
        max_length=60,
        required=False,
        help_text=_("For ivory, coral, tortoiseshell, shell and some woods."),
        widget=forms.TextInput(_LATIN),
    )
    age_years = WholeNumberField(label=_("Age in years, where it is old"), min_value=0, max_value=5_000, required=False)

    def __init__(self, *args: Any, line: ConsignmentLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(line, name) for name in self.base_fields}


class PaymentForm(forms.Form):
    """Money of the buyer that came to the exporter's own account."""

    amount = AmountField(label=_("Amount"))
    paid_on = DayField(label=_("Received on"), initial=today)
    reference = forms.CharField(label=_("Reference of the payment"), max_length=80, widget=forms.TextInput(_LATIN))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currency}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_minor(self, "amount", self.currency)
        return cleaned


class CancelForm(forms.Form):
    """Why a consignment is not sent."""

    reason = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea({"rows": 2}))


class CartonForm(forms.ModelForm):
    """A carton that the exporter has."""

    inner_length_mm = CentimetresField(label=_("Inner length (cm)"))
    inner_width_mm = CentimetresField(label=_("Inner width (cm)"))
    inner_height_mm = CentimetresField(label=_("Inner height (cm)"))
    wall_mm = WholeNumberField(label=_("Thickness of its walls (mm)"), min_value=1, max_value=100, initial=6)
    tare_grams = WholeNumberField(label=_("Own weight (g)"), min_value=1, max_value=100_000)
    greatest_gross_grams = WholeNumberField(label=_("Heaviest when full (g)"), min_value=1, max_value=2_000_000)

    class Meta:
        model = CartonSize
        fields = (
            *("name", "inner_length_mm", "inner_width_mm", "inner_height_mm"),
            *("wall_mm", "tare_grams", "greatest_gross_grams"),
        )
