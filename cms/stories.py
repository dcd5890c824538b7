"""A city's story as its page in the market shows it."""

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

if TYPE_CHECKING:  # the models read this module for their preview
    from cms.models import CityPage, CmsImage

#: Renditions of the picture above a story; editors' pictures are larger than the first.
WIDTHS = (640, 1200)


def story_of(page: "CityPage") -> dict[str, Any]:
    """lead, body_html, figures (value, label, source, url) and picture of a page, also of a draft."""
    text = [block for block in page.body if block.block_type != "figure"]
    return {
        "lead": page.lead,
        "body_html": mark_safe("".join(block.render() for block in text)),
        "figures": [_figure(block.value) for block in page.body if block.block_type == "figure"],
        "picture": picture_of(page.picture, page.locale.language_code) if page.picture else None,
    }


def _figure(value: Any) -> dict[str, str]:
    return {
        "value": str(value["value"]),
        "label": value["label"],
        "source": value["source"],
        "as_of": value.get("as_of") or "",
        "url": value.get("url") or "",
    }


def picture_of(image: "CmsImage", language: str) -> dict[str, Any]:
    """A picture as the market's partials want it."""
    found = image.get_renditions(*(f"width-{width}|format-webp" for width in WIDTHS))
    sizes = {rendition.width: rendition.url for rendition in found.values()}
    widest = max(found.values(), key=lambda rendition: rendition.width)
    return {
        "src": sizes[min(sizes)],
        "srcset": ", ".join(f"{url} {width}w" for width, url in sorted(sizes.items())),
        "width": widest.width,
        "height": widest.height,
        "alt": image.alt_en if language == "en" else image.alt_fa,
        "placeholder": "#d9cdb8",
        "is_demo": image.is_demo,
        "credit": image.credit,
    }


def gallery_html(images: "list[CmsImage]", language: str) -> str:
    """The pictures of a gallery block."""
    pictures = [picture_of(image, language) for image in images if image]
    return render_to_string("cms/blocks/pictures.html", {"pictures": pictures})
