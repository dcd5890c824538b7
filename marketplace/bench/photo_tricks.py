"""Twenty things that happen to a photo which is taken from another seller: some by accident, some to hide it."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Trick = Callable[[Image.Image], Image.Image]
_PAPER = (250, 249, 246)


def _encoded(kind: str, quality: int) -> Trick:
    def encode(image: Image.Image) -> Image.Image:
        file = io.BytesIO()
        image.save(file, kind, quality=quality)
        return Image.open(file).convert("RGB")

    return encode


def _cropped(share: float, across: float = 0.5, down: float = 0.5) -> Trick:
    """Without this share of each side; `across` and `down` say where the rest lies: 0 at the start, 1 at the end."""

    def crop(image: Image.Image) -> Image.Image:
        width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
        left, top = round((image.width - width) * across), round((image.height - height) * down)
        return image.crop((left, top, left + width, top + height))

    return crop


def _bordered(image: Image.Image) -> Image.Image:
    return ImageOps.expand(image, border=image.width // 10, fill=(255, 255, 255))


def _turned_a_little(image: Image.Image) -> Image.Image:
    """By five degrees, cut so that no corner is empty."""
    turned = image.rotate(5, Image.Resampling.BICUBIC)
    return _cropped(0.15)(turned)


def _noisy(image: Image.Image) -> Image.Image:
    chance = np.random.default_rng(7)
    pixels = np.asarray(image, np.float32) + chance.normal(0, 18, (image.height, image.width, 3))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _marked(image: Image.Image) -> Image.Image:
    """Words across the middle and in a corner."""
    marked, size = image.copy(), image.width // 9
    draw = ImageDraw.Draw(marked, "RGBA")
    draw.text(
        (image.width // 2, image.height // 2),
        "my-own-shop.example",
        fill=(255, 255, 255, 170),
        font=ImageFont.load_default(size),
        anchor="mm",
    )
    draw.text((size // 2, image.height - size), "@shop", fill=(20, 20, 20, 230), font=ImageFont.load_default(size // 2))
    return marked


def _on_a_screen(image: Image.Image) -> Image.Image:
    """A telephone's screen: a bar above, the photo, words and a button below."""
    width = image.width
    screen = Image.new("RGB", (width, round(width * 1.5)), _PAPER)
    top = round(width * 0.16)
    screen.paste(image, (0, top))
    draw, font = ImageDraw.Draw(screen), ImageFont.load_default(width // 22)
    draw.rectangle((0, 0, width, width // 20), fill=(32, 33, 36))
    draw.text((width // 20, width // 12), "shop.example  ·  12:40", fill=(60, 60, 60), font=font)
    below = top + image.height + width // 30
    for line in ("Hand made, one piece left", "Ask for the price"):
        draw.text((width // 20, below), line, fill=(40, 40, 40), font=font)
        below += width // 14
    draw.rounded_rectangle((width // 2, below, width - width // 20, below + width // 12), 20, fill=(20, 120, 120))
    return screen


def _seen_aslant(image: Image.Image) -> Image.Image:
    """As if the photo had been photographed from one side."""
    width, height = image.size
    here = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    lean = np.float32([[0.06, 0.05], [-0.03, 0.0], [-0.07, -0.04], [0.02, -0.02]]) * np.float32([width, height])
    matrix = cv2.getPerspectiveTransform(here, here + lean)
    return Image.fromarray(cv2.warpPerspective(np.asarray(image), matrix, (width, height), borderValue=_PAPER))


def _gamma(image: Image.Image) -> Image.Image:
    return image.point([round(255 * (level / 255) ** 1.6) for level in range(256)] * 3)


TRICKS: dict[str, Trick] = {
    "resized": lambda image: image.resize((image.width // 3, image.height // 3), Image.Resampling.LANCZOS),
    "JPEG 30": _encoded("JPEG", 30),
    "WebP 40": _encoded("WEBP", 40),
    "crop 10 %": _cropped(0.10, 0.2, 0.8),
    "crop 20 %": _cropped(0.20, 0.7, 0.3),
    "crop 30 %": _cropped(0.30, 0.3, 0.6),
    "border": _bordered,
    "mirrored": ImageOps.mirror,
    "turned 90°": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned 5°": _turned_a_little,
    "brightness": lambda image: ImageEnhance.Brightness(image).enhance(1.35),
    "contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.5),
    "saturation": lambda image: ImageEnhance.Color(image).enhance(1.8),
    "gamma": _gamma,
    "grey": lambda image: ImageOps.grayscale(image).convert("RGB"),
    "blur": lambda image: image.filter(ImageFilter.GaussianBlur(image.width / 400)),
    "noise": _noisy,
    "aspect": lambda image: image.resize((image.width, round(image.height * 0.8)), Image.Resampling.LANCZOS),
    "words across": _marked,
    "screen": _on_a_screen,
    "seen aslant": _seen_aslant,
    "crop and mirror": lambda image: ImageOps.mirror(_cropped(0.15, 0.6, 0.4)(image)),
}
