"""What a city's story is built of. A figure and a quotation never stand without their source."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.market_blocks import EventsBlock, MakerBlock, MapBlock, VenueBlock, VisitBlock, WorkBlock, WorksBlock

SOUNDS, FILMS = {"mp3", "ogg"}, {"mp4", "webm"}


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


class MomentBlock(blocks.StructBlock):
    """A moment of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=60)
    text = blocks.TextBlock(label=_("What happened"), max_length=400)
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False)


class PlateBlock(blocks.StructBlock):
    """A picture of an essay with its words."""

    picture = ImageChooserBlock(label=_("Picture"))
    words = blocks.TextBlock(label=_("Words"), max_length=400, required=False)


class BeforeAfterBlock(blocks.StructBlock):
    """The same thing before and after, side by side."""

    before = ImageChooserBlock(label=_("Before"))
    after = ImageChooserBlock(label=_("After"))
    words = blocks.CharBlock(label=_("Words"), max_length=200, required=False)

    class Meta:
        icon = "resubmit"
        label = _("Before and after")
        template = "cms/blocks/before_after.html"


class RecordingBlock(blocks.StructBlock):
    """Sound or moving pictures. Without captions or a transcript it is not for everybody, so one of them is asked for."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    file = DocumentChooserBlock(label=_("Sound or film"))
    captions = DocumentChooserBlock(label=_("Captions (VTT)"), required=False)
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        icon = "media"
        label = _("Sound or film")
        template = "cms/blocks/recording.html"

    def clean(self, value: Any) -> Any:
        """Refuses a file that is no recording, and one that says nothing to those who cannot hear."""
        cleaned = super().clean(value)
        errors = {}
        if _extension(cleaned["file"]) not in SOUNDS | FILMS:
            errors["file"] = ValidationError(_("Choose a sound (mp3, ogg) or a film (mp4, webm)."), code="no_recording")
        if cleaned["captions"] and _extension(cleaned["captions"]) != "vtt":
            errors["captions"] = ValidationError(_("Captions are a VTT file."), code="no_captions")
        if not cleaned["captions"] and not cleaned["transcript"]:
            errors["transcript"] = ValidationError(_("Give captions or a transcript."), code="recording_unheard")
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        return context | {"is_film": _extension(value["file"]) in FILMS}


class CallBlock(blocks.StructBlock):
    """What a reader may do next."""

    text = blocks.CharBlock(label=_("Words"), max_length=300)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "cms/blocks/call.html"

    def clean(self, value: Any) -> Any:
        """Refuses a button that leads nowhere."""
        cleaned = super().clean(value)
        if not cleaned["page"] and not cleaned["url"]:
            missing = ValidationError(_("Choose a page or give an address."), code="call_leads_nowhere")
            raise blocks.StructBlockValidationError(block_errors={"page": missing})
        return cleaned


def _extension(document: Any) -> str:
    return document.file_extension.lower() if document else ""


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
    essay = blocks.ListBlock(
        PlateBlock(),
        label=_("Picture essay"),
        icon="image",
        min_num=2,
        max_num=20,
        template="cms/blocks/essay.html",
    )
    before_after = BeforeAfterBlock()
    timeline = blocks.ListBlock(
        MomentBlock(), label=_("Timeline"), icon="history", min_num=2, template="cms/blocks/timeline.html"
    )
    recording = RecordingBlock()
    works = WorksBlock()
    work = WorkBlock()
    maker = MakerBlock()
    venue = VenueBlock()
    events = EventsBlock()
    visit = VisitBlock()
    map = MapBlock()
    call = CallBlock()
