"""What a page may post to a basket."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from marketplace.basket.gifts import Gift, cleaned
from marketplace.basket.lines import ShownLine
from marketplace.basket.rules import MOST_NOTE
from marketplace.core.persian import to_latin_digits, to_persian_digits


class PiecesField(forms.IntegerField):
    """A number of pieces; Persian and Arabic digits are numbers too."""

    def to_python(self, value):
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)


class ChangeForm(forms.Form):
    line = forms.IntegerField(min_value=1)
    quantity = PiecesField(min_value=0)


class LineForm(forms.Form):
    line = forms.IntegerField(min_value=1)


class SwapForm(LineForm):
    offer = forms.IntegerField(min_value=1)


class WordsField(forms.CharField):
    """What a buyer writes, cleaned before anything looks at it: an invisible letter is no reason to refuse a greeting."""

    def __init__(self, *, lines: bool = False, **more) -> None:
        super().__init__(strip=False, **more)
        self.lines = lines

    def to_python(self, value) -> str:
        return cleaned(super().to_python(value), lines=self.lines)


class AddForm(forms.Form):
    """`text` is the buyer's own, for a work that takes one."""

    offer = forms.IntegerField(min_value=1)
    quantity = PiecesField(min_value=1, required=False)
    text = WordsField(required=False)


class GiftForm(LineForm):
    """Wrapping, note and text of one line. What its maker does not offer is there only to be taken off again."""

    wrap = forms.BooleanField(label=_("Wrap it as a gift"), required=False)
    note = WordsField(
        label=_("Note for the receiver"),
        lines=True,
        required=False,
        help_text=_("The maker puts it in the parcel. The receiver sees no price there."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_NOTE, "dir": "auto"}),
    )
    text = WordsField(
        label=_("Your own text on it"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    #: Which field a rule speaks of, by its code.
    FIELDS = {
        "no_wrapping": "wrap",
        "note_too_long": "note",
        "no_personal_text": "text",
        "personal_text_too_long": "text",
    }

    def __init__(self, *args, shown: ShownLine, **more) -> None:
        gift = shown.gift
        first = {"line": shown.id, "wrap": gift.wrap, "note": gift.note, "text": gift.text}
        super().__init__(*args, initial=first, auto_id=f"id_gift-{shown.id}_%s", **more)
        self.shown = shown
        self.fields["text"].help_text = _text_help(shown)
        if shown.letters:
            self.fields["text"].widget.attrs["maxlength"] = shown.letters
        if shown.wraps_for is None and not gift.wrap:
            del self.fields["wrap"]
        if not shown.letters and not gift.text:
            del self.fields["text"]

    @property
    def gift(self) -> Gift:
        data = self.cleaned_data
        return Gift(wrap=data.get("wrap", False), note=data["note"], text=data.get("text", ""))

    def refuse(self, error: ValidationError) -> None:
        """Say a rule's sentence at the field it speaks of."""
        field = self.FIELDS.get(error.code or "")
        self.add_error(field if field in self.fields else None, error)


def _text_help(shown: ShownLine) -> str:
    most = ngettext("%(most)s letter at most.", "%(most)s letters at most.", shown.letters)
    count = shown.letters if (get_language() or "fa").startswith("en") else to_persian_digits(shown.letters)
    told = most % {"most": count} if shown.letters else ""
    hint = shown.work.origin_work.personal_hint
    made = _("With it the work is made for you alone, and cannot be given back without a fault in it.")
    return " ".join(filter(None, (hint, told, str(made))))


class VoucherForm(forms.Form):
    code = forms.CharField(
        label=_("Voucher code"),
        max_length=128,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code of your voucher.")},
    )
