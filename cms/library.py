"""A city's library: research, films and media kits, each with its title, year and source."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

KINDS = (("research", _("Research")), ("film", _("Film")), ("kit", _("Media kit")))


class LibraryItem(blocks.StructValue):
    """An item as templates read it."""

    @property
    def kind_name(self) -> str:
        """Its kind in the reader's language."""
        return str(dict(KINDS).get(self["kind"], self["kind"]))


class LibraryItemBlock(blocks.StructBlock):
    """One item: a file that is kept here, or an address where it stands."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    year = blocks.CharBlock(label=_("Year"), max_length=20)
    source = blocks.CharBlock(label=_("Source"), max_length=200, help_text=_("Who made or published it."))
    document = DocumentChooserBlock(label=_("File"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Item")
        value_class = LibraryItem

    def clean(self, value: Any) -> Any:
        """An item that leads nowhere is refused."""
        cleaned = super().clean(value)
        if not cleaned["document"] and not cleaned["url"]:
            missing = ValidationError(_("Choose a file or give an address."), code="library_item_leads_nowhere")
            raise blocks.StructBlockValidationError(block_errors={"document": missing})
        return cleaned


class LibraryBlock(blocks.StreamBlock):
    """The library of a city, in its order."""

    item = LibraryItemBlock()
