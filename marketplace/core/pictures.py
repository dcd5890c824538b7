"""One way in for pictures: the size is read before a pixel is decoded, and only what we encoded is ever stored.

Encoding anew drops scripts, trailing archives, places and camera data, whatever the upload carried.
"""

import io
import secrets
from dataclasses import dataclass
from typing import IO

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.core.colours import families_of
from marketplace.core.persian import group_digits

pillow_heif.register_heif_opener()

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
#: How files of these kinds begin: a damaged one is called unreadable, anything else the wrong kind.
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8")
WIDTHS = (320, 640, 1200)
#: A side this many times the other is no picture of a work, and WebP ends at 16,383 pixels.
LONGEST_SHAPE = 10
QUALITY, METHOD = 80, 2
PAPER = (255, 255, 255)
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class StoredPicture:
    """A picture in public storage. `name` is its largest size; `sizes` maps a width in pixels to a stored name; `colours` are families."""

    name: str
    width: int
    height: int
    sizes: dict[str, str]
    colour: str
    colours: tuple[str, ...] = ()


def read_picture(file: IO[bytes]) -> Image.Image:
    """The picture in an upload: upright, RGB, without metadata. A moving picture gives its first frame.

    Raises ValidationError with code picture_too_large (bytes), picture_too_many_pixels, picture_shape,
    picture_kind or picture_unreadable.
    """
    content = _content(file)
    try:
        image = Image.open(io.BytesIO(content), formats=KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise (_unreadable() if content.startswith(_BEGINNINGS) else _wrong_kind()) from None
    except Exception:  # a decoder may fail on a crafted header in any way
        raise _unreadable() from None
    _require_sane_size(*image.size)
    try:
        # a big JPEG is decoded at a half or a quarter, never below what is stored
        image.draft(image.mode, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        image.load()
        return _clean(image)
    except Exception:
        raise _unreadable() from None


def store_picture(image: Image.Image, *, folder: str, widths: tuple[int, ...] = WIDTHS) -> StoredPicture:
    """Write the sizes of a picture into public storage, none wider than the picture itself.

    Every size is encoded before the first is written; when writing one fails, those before it are deleted.
    """
    wanted = sorted({min(width, image.width) for width in widths})
    encoded = [(width, *_encode(image, width)) for width in wanted]
    stem = f"{folder.strip('/')}/{secrets.token_hex(12)}"
    sizes: dict[str, str] = {}
    try:
        for width, _height, content in encoded:
            sizes[str(width)] = default_storage.save(f"{stem}-{width}.webp", ContentFile(content))
    except BaseException:
        delete_files(sizes.values())
        raise
    width, height, _content = encoded[-1]
    return StoredPicture(sizes[str(width)], width, height, sizes, colour_of(image), families_of(image))


def delete_files(names) -> None:
    """Take stored pictures away again."""
    for name in names:
        default_storage.delete(name)


def colour_of(image: Image.Image) -> str:
    """The mean colour, #rrggbb: what stands in a picture's place while it loads."""
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _content(file: IO[bytes]) -> bytes:
    limit = settings.PICTURE_MAX_BYTES
    file.seek(0)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("This picture is too large; send one of at most %(limit)s MB."),
            code="picture_too_large",
            params={"limit": _digits(limit // 2**20)},
        )
    return content


def _digits(number: int) -> str:
    return group_digits(number, language=(get_language() or "fa")[:2])


def _require_sane_size(width: int, height: int) -> None:
    if width * height > settings.PICTURE_MAX_PIXELS:
        raise _too_many_pixels()
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        raise ValidationError(
            _("This picture is too narrow; crop it so that one side is at most %(times)s times the other."),
            code="picture_shape",
            params={"times": _digits(LONGEST_SHAPE)},
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels; send one of at most %(millions)s million."),
        code="picture_too_many_pixels",
        params={"millions": _digits(settings.PICTURE_MAX_PIXELS // 1_000_000)},
    )


def _wrong_kind() -> ValidationError:
    return ValidationError(
        _(
            "This file is not a photograph we can read. Send a JPEG, PNG, WebP, HEIC or GIF; "
            "drawings such as SVG are not taken."
        ),
        code="picture_kind",
    )


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or incomplete; save it again and send it once more."), code="picture_unreadable"
    )


def _clean(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    plain = _in_srgb(upright)
    plain.info.clear()  # Pillow would write a colour profile kept here into the new file
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB in the web's colours; what is transparent turns to paper."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = Image.new("RGB", image.size, PAPER)
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, theirs, _SRGB, outputMode="RGB") or image
        except ImageCms.PyCMSError:
            pass  # a broken profile is no reason to refuse the picture
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB") if image.mode != "RGB" else image.copy()


def _encode(image: Image.Image, width: int) -> tuple[int, bytes]:
    """Height and WebP bytes of the picture at a width."""
    height = max(1, round(image.height * width / image.width))
    sized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "WEBP", quality=QUALITY, method=METHOD)
    return height, out.getvalue()


def small_copy(image: Image.Image, *, side: int = 2000) -> bytes:
    """WebP of a picture that `read_picture` gave, at most `side` pixels long: for private proofs, never for pages."""
    copy = image.copy()
    copy.thumbnail((side, side))
    return _encode(copy, copy.width)[1]
