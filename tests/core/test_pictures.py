"""Every file here is made in the test: what people send, and what people should not send."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.core.pictures import StoredPicture, colour_of, read_picture, store_picture

MADDER = (140, 43, 33)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """An empty public storage for each test."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": "/media/"},
        }
    }
    return tmp_path


def stored_files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def saved(image: Image.Image, kind: str, **options) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **options)
    out.seek(0)
    return out


def photo(width=800, height=600) -> Image.Image:
    image = Image.new("RGB", (width, height), MADDER)
    image.paste((0, 120, 120), (0, 0, width // 2, height // 2))
    return image


def png_header_only(width: int, height: int) -> io.BytesIO:
    """A PNG whose header promises more pixels than the file holds."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def refused(file) -> str:
    with pytest.raises(ValidationError) as error:
        read_picture(file)
    assert error.value.messages[0]
    return error.value.code


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_000), (10_000, 6_001)])
def test_too_many_pixels_are_refused_from_the_header_in_milliseconds(width, height):
    started = time.perf_counter()
    assert refused(png_header_only(width, height)) == "picture_too_many_pixels"
    assert time.perf_counter() - started < 0.1


def test_a_real_200_megapixel_png_is_refused_before_its_pixels_are_read():
    bomb = saved(Image.new("1", (20_000, 10_000)), "PNG")
    assert len(bomb.getvalue()) < 100_000
    started = time.perf_counter()
    assert refused(bomb) == "picture_too_many_pixels"
    assert time.perf_counter() - started < 0.1


def test_the_pixel_limit_itself_is_taken(settings):
    settings.PICTURE_MAX_PIXELS = 800 * 600
    assert read_picture(saved(photo(), "PNG")).size == (800, 600)


def test_too_many_bytes_are_refused(settings):
    settings.PICTURE_MAX_BYTES = 1000
    assert refused(saved(photo(), "BMP")) == "picture_too_large"


def test_a_truncated_jpeg_is_refused():
    whole = saved(photo(), "JPEG").getvalue()
    assert refused(io.BytesIO(whole[: len(whole) // 2])) == "picture_unreadable"


def test_a_jpeg_cut_in_its_header_is_refused():
    assert refused(io.BytesIO(saved(photo(), "JPEG").getvalue()[:30])) == "picture_unreadable"


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7 \n%%EOF",
        b"<html><script>alert(1)</script></html>",
        b"",
    ],
)
def test_what_is_not_a_photograph_is_refused(content):
    assert refused(io.BytesIO(content)) == "picture_kind"


def test_a_photograph_of_another_kind_is_refused():
    assert refused(saved(photo(), "TIFF")) == "picture_kind"


def test_an_svg_refusal_says_what_can_be_sent(settings):
    from django.utils.translation import override

    with override("en"):
        with pytest.raises(ValidationError) as error:
            read_picture(io.BytesIO(b"<svg/>"))
        assert error.value.messages == [
            "This file is not a photograph we can read. Send a JPEG, PNG, WebP, HEIC or GIF; "
            "drawings such as SVG are not taken."
        ]


def test_a_sliver_is_refused():
    assert refused(saved(Image.new("RGB", (11, 1_200)), "PNG")) == "picture_shape"


def stored_bytes(name: str) -> io.BytesIO:
    with default_storage.open(name) as file:
        return io.BytesIO(file.read())


def everything_stored(picture: StoredPicture) -> bytes:
    return b"".join(stored_bytes(name).getvalue() for name in picture.sizes.values())


def test_a_moving_gif_with_a_script_inside_becomes_its_first_frame_without_it():
    script = b"<script>alert(document.cookie)</script>"
    frames = [Image.new("RGB", (400, 300), MADDER), Image.new("RGB", (400, 300), (0, 0, 0))]
    gif = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=script)
    gif.seek(0, io.SEEK_END)
    gif.write(script)
    image = read_picture(gif)
    assert image.getpixel((5, 5)) == MADDER
    stored = everything_stored(store_picture(image, folder="works"))
    assert script not in stored
    assert stored[:4] == b"RIFF"


def test_an_archive_behind_a_jpeg_is_left_behind():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("evil.html", "<script>alert(1)</script>")
    polyglot = io.BytesIO(saved(photo(), "JPEG").getvalue() + archive.getvalue())
    stored = store_picture(read_picture(polyglot), folder="works")
    for name in stored.sizes.values():
        assert not zipfile.is_zipfile(stored_bytes(name))
    assert b"evil.html" not in everything_stored(stored)


def gps_exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (29.0, 27.0, 8.0)
    return exif


def test_the_place_and_the_camera_are_dropped_and_the_rotation_is_applied():
    turned = saved(photo(800, 600), "JPEG", exif=gps_exif(6), quality=95)
    assert b"SecretCamera" in turned.getvalue()
    image = read_picture(turned)
    assert image.size == (600, 800)
    red, green, _blue = image.getpixel((450, 100))  # the turquoise corner turned from top left to top right
    assert green > red
    stored = store_picture(image, folder="works")
    assert b"SecretCamera" not in everything_stored(stored)
    again = Image.open(stored_bytes(stored.name))
    assert dict(again.getexif()) == {}
    assert "icc_profile" not in again.info


def test_heic_from_a_phone_is_read():
    image = read_picture(saved(photo(), "HEIF", quality=80))
    assert (image.size, image.mode) == ((800, 600), "RGB")


@pytest.mark.parametrize("mode", ["L", "P", "LA", "RGBA", "CMYK", "1", "I;16"])
def test_every_mode_becomes_rgb(mode):
    image = Image.new(mode, (64, 48)) if mode == "I;16" else photo(64, 48).convert(mode)
    assert read_picture(saved(image, "JPEG" if mode == "CMYK" else "PNG")).mode == "RGB"


def test_sixteen_bit_grey_keeps_its_light():
    assert read_picture(saved(Image.new("I;16", (64, 48), 32_768), "PNG")).getpixel((1, 1)) == (128, 128, 128)


def test_what_is_transparent_turns_to_paper():
    assert read_picture(saved(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "PNG")).getpixel((1, 1)) == (255, 255, 255)


def test_sizes_are_webp_and_never_wider_than_the_picture(own_media):
    stored = store_picture(photo(1000, 500), folder="works")
    assert list(stored.sizes) == ["320", "640", "1000"]
    assert (stored.width, stored.height, stored.name) == (1000, 500, stored.sizes["1000"])
    for width, name in stored.sizes.items():
        image = Image.open(stored_bytes(name))
        assert (image.format, image.width, image.height) == ("WEBP", int(width), int(width) // 2)
    assert len(stored_files(own_media)) == 3


def test_a_small_picture_is_stored_once():
    assert list(store_picture(photo(100, 80), folder="works").sizes) == ["100"]


def test_the_mean_colour_stands_in():
    assert colour_of(Image.new("RGB", (40, 40), MADDER)) == "#8c2b21"


def test_nothing_is_left_when_a_later_size_cannot_be_written(own_media, monkeypatch):
    save, calls = default_storage.save, []

    def full_on_the_third(name, content, max_length=None):
        calls.append(name)
        if len(calls) == 3:
            raise OSError("No space left on device")
        return save(name, content)

    with monkeypatch.context() as disk:
        disk.setattr(default_storage, "save", full_on_the_third)
        with pytest.raises(OSError, match="No space left"):
            store_picture(photo(1600, 1200), folder="works")
    assert (len(calls), stored_files(own_media)) == (3, [])


def test_nothing_is_written_when_a_size_cannot_be_encoded(own_media, monkeypatch):
    def fails_when_small(self, size, *args, **kwargs):
        raise MemoryError

    image = photo(1600, 1200)
    monkeypatch.setattr(Image.Image, "resize", fails_when_small)
    with pytest.raises(MemoryError):
        store_picture(image, folder="works")
    assert stored_files(own_media) == []
