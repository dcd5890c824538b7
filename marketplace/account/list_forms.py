"""Forms of a person's lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.core.persian import to_latin_digits
from marketplace.wishlists.models import Line, WishList
from marketplace.wishlists.queries import lists_of
from marketplace.wishlists.rules import MOST_PIECES


class WholeNumberField(forms.IntegerField):
    """A whole number in the digits of any keyboard."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 3})

    def to_python(self, value):
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)


class ListForm(forms.Form):
    """A list's name and note, as whoever has its link reads them."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=80,
        help_text=_("Whoever has the link reads it. Your own name is shown only if you write it here."),
    )
    note = forms.CharField(label=_("A few words"), max_length=300, required=False)


class KeptListForm(ListForm):
    """The list of what is kept for later keeps its name."""

    name = None  # type: ignore[assignment]


class WishForm(forms.Form):
    """A note, how many are wished for, and the list a work stands on."""

    quantity = WholeNumberField(label=_("How many"), min_value=1, max_value=MOST_PIECES)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    to = forms.ChoiceField(label=_("On the list"))

    def __init__(self, *args, wish: Line, lists: list[WishList], **kwargs) -> None:
        known = {"quantity": wish.quantity, "note": wish.note, "to": str(wish.wishlist_id)}
        super().__init__(*args, initial=known, auto_id=f"wish-{wish.pk}-%s", **kwargs)
        self.lists = {str(one.pk): one for one in lists}
        if len(lists) > 1:
            self.fields["to"].choices = [(pk, one.shown_name) for pk, one in self.lists.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["to"]

    @property
    def target(self) -> WishList:
        """The list chosen; with one list there is nothing to choose."""
        return self.lists[self.cleaned_data["to"]] if "to" in self.fields else next(iter(self.lists.values()))


def own_lists(user: User) -> list[WishList]:
    return list(lists_of(user))
