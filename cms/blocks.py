"""What a city's story is built of. A figure and a quotation never stand without their source."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class FigureBlock(blocks.StructBlock):
    """A number, what it counts, and who says so."""

    value = blocks.CharBlock(label=_("Number"), max_length=40, help_text=_("As it is read, with its digits and unit."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=160)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    as_of = blocks.CharBlock(label=_("Date"), max_length=40, help_text=_("The day or year that the source speaks of."))
    url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "cms/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Someone's words, and where they stand."""

    text = blocks.TextBlock(label=_("Words"), max_length=1_000)
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quote.html"


class StoryBlock(blocks.StreamBlock):
    """A story's parts, in their order."""

    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        features=["h2", "h3", "bold", "italic", "ul", "ol", "link"],
        template="cms/blocks/paragraph.html",
    )
    figure = FigureBlock()
    quote = QuoteBlock()
    gallery = blocks.ListBlock(
        ImageChooserBlock(),
        label=_("Pictures"),
        icon="image",
        min_num=1,
        max_num=12,
        template="cms/blocks/gallery.html",
    )
