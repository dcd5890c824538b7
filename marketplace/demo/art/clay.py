"""Pottery, enamel and glass: wheel-thrown forms with slip, glaze and brush, plates seen from above, blown vessels."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import fields, lathe, plates, texture
from .motifs import Pen, flower, put, spiral, star
from .palette import Scheme, mix

WIDE, TALL = 1000, 800  # skin of a pot, drawn for the visible half turn


def skin(fill, painter) -> Image.Image:
    """A pot's skin; `painter(draw)` works in WIDE × TALL."""
    image = Image.new("RGB", (WIDE, TALL), fill)
    painter(ImageDraw.Draw(image))
    return image


def mottle(image: Image.Image, rng: np.random.Generator, amount: float, cell: int = 30) -> Image.Image:
    """Uneven firing over a skin."""
    cloud = (
        texture.noise(rng, cell)[: image.height, : image.width]
        + texture.noise(rng, 4)[: image.height, : image.width] * 0.5
    )
    pixels = np.asarray(image).astype(np.float32) * (1 + amount * cloud[..., None])
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def band(draw, y: float, high: float, count: int, painter) -> None:
    """Call `painter(x, step)` at even steps round a band."""
    step = WIDE / count
    for i in range(count + 1):
        painter(i * step, step)


CLAYS = ((186, 116, 74), (168, 92, 58), (200, 142, 98), (150, 96, 66), (206, 168, 128))


def kalpourgan(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Hand-built Baluch ware: bare red clay dotted and zigzagged with black stone slip, no wheel, no glaze."""
    clay = CLAYS[rng.integers(3)]
    slip = (58, 36, 30)

    def paint(draw):
        y = TALL * 0.12
        while y < TALL * 0.86:
            kind, high, count = rng.integers(5), int(rng.integers(44, 90)), int(rng.integers(10, 26))
            band(draw, y, high, count, lambda x, s, kind=kind, y=y, high=high: _slip(draw, kind, x, y, s, high, slip))
            y += high + 22
            for x in range(0, WIDE, 14):
                draw.ellipse([x - 4, y - 4, x + 4, y + 4], fill=slip)
            y += 22

    radius, top = lathe.shape(rng, str(rng.choice(["jar", "bowl", "pot", "cup", "jahleh"])))
    return lathe.present(
        rng,
        radius,
        top,
        mottle(skin(clay, paint), rng, 0.06),
        lathe.MATT,
        bump=_hand(rng),
        rim=9,
        inside=mix(clay, (30, 18, 12), 0.6),
    )


def _slip(draw, kind: int, x: float, y: float, s: float, high: float, ink) -> None:
    if kind == 0:
        draw.line([x, y + high, x + s / 2, y, x + s, y + high], fill=ink, width=7)
    elif kind == 1:
        for k in range(4):
            r = 7 - k
            draw.ellipse([x + s * k / 8 - r, y + high * k / 4 - r, x + s * k / 8 + r, y + high * k / 4 + r], fill=ink)
    elif kind == 2:
        put(draw, star(4, 0.99), x + s / 2, y + high / 2, (s * 0.36, high * 0.46), ink)
        draw.ellipse([x + s / 2 - 5, y + high / 2 - 5, x + s / 2 + 5, y + high / 2 + 5], fill=(200, 150, 110))
    elif kind == 3:
        for k in range(3):
            draw.line([x + s * k / 4, y, x + s * k / 4, y + high], fill=ink, width=5)
    else:
        for t in np.linspace(0, 2 * np.pi, 9):
            px, py = x + s / 2 + s * 0.3 * np.cos(t), y + high / 2 + high * 0.36 * np.sin(t)
            draw.ellipse([px - 4, py - 4, px + 4, py + 4], fill=ink)


def _hand(rng: np.random.Generator, depth: float = 0.05):
    a, b, c = rng.uniform(0, 6, 3)

    def bump(across, down):
        return depth * np.sin(across * 17 + down * 9 + a), depth * np.sin(
            down * 26 + across * 5 + b
        ) + depth * 0.6 * np.sin(down * 120 + c)

    return bump


def _throwing(rng: np.random.Generator, rings: float = 150, depth: float = 0.05):
    phase = rng.uniform(0, 6)
    return lambda across, down: (0 * across, depth * np.sin(down * rings + phase))


def pottery(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Thrown earthenware: throwing lines, a combed band, sometimes white slip."""
    clay = CLAYS[rng.integers(len(CLAYS))]

    def paint(draw):
        if rng.random() < 0.6:
            y = TALL * rng.uniform(0.3, 0.5)
            slip = (232, 216, 188)
            draw.rectangle([0, y, WIDE, y + 130], fill=slip)
            for k in range(4):
                xs = np.linspace(0, WIDE, 160)
                ys = y + 26 + 26 * k + 9 * np.sin(xs / 21 + k)
                draw.line(np.stack([xs, ys], 1).ravel().tolist(), fill=mix(clay, (40, 20, 10), 0.3), width=6)
        for y in rng.uniform(0.1, 0.9, 3) * TALL:
            draw.line([0, y, WIDE, y], fill=mix(clay, (40, 20, 10), 0.45), width=4)

    kind = "jahleh" if variant == "jahleh" else str(rng.choice(["jar", "pot", "bowl", "vase"]))
    radius, top = lathe.shape(rng, kind)
    return lathe.present(
        rng,
        radius,
        top,
        mottle(skin(clay, paint), rng, 0.07),
        lathe.MATT,
        bump=_throwing(rng),
        rim=10,
        inside=mix(clay, (30, 18, 12), 0.6),
    )


def glazed(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Turquoise and other clear glazes that pool low and break over a bare foot."""
    if variant == "plate":
        return plates.plate(rng, d, "glazed")
    clay, glaze = CLAYS[rng.integers(len(CLAYS))], d.ground

    def paint(draw):
        edge = TALL * rng.uniform(0.8, 0.9)
        xs = np.linspace(0, WIDE, 120)
        ys = edge + 18 * np.sin(xs / rng.uniform(30, 60)) + 9 * np.sin(xs / 13)
        draw.polygon([*np.stack([xs, ys], 1).ravel().tolist(), WIDE, TALL, 0, TALL], fill=clay)
        draw.line(np.stack([xs, ys], 1).ravel().tolist(), fill=mix(glaze, (0, 0, 0), 0.45), width=16)
        if rng.random() < 0.6:
            count, y = int(rng.integers(5, 10)), TALL * 0.5
            ink = mix(glaze, (10, 14, 30), 0.65)
            band(
                draw,
                y,
                100,
                count,
                lambda x, s: spiral(
                    draw, x, y, s * 0.44, 0.5, Pen(ink, ink, mix(glaze, (255, 255, 255), 0.4), ink), 1, 1.3, 6
                ),
            )
            draw.rectangle([0, y - 90, WIDE, y - 80], fill=ink)
            draw.rectangle([0, y + 84, WIDE, y + 94], fill=ink)

    radius, top = lathe.shape(rng, str(rng.choice(["jar", "vase", "bowl", "bottle", "ewer"])))
    coat = mottle(skin(glaze, paint).filter(ImageFilter.GaussianBlur(1.5)), rng, 0.09, 60)
    return lathe.present(
        rng, radius, top, coat, lathe.GLAZE, bump=_throwing(rng, 90, 0.03), rim=9, inside=mix(glaze, (8, 12, 20), 0.45)
    )


def painted(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Underglaze and enamel on a form: scrolls and flowers in fields between gold lines."""
    enamel = variant.startswith("enamel")
    if variant.endswith("plate"):
        return plates.plate(rng, d, variant.split()[0])
    ground = d.ground if enamel else mix((240, 238, 228), d.light, 0.3)
    pens = (
        fields.pens(d)
        if enamel
        else [Pen(mix(d.border, (10, 10, 40), 0.4), d.border, d.a, d.light), Pen(d.border, d.c, d.border, d.a)]
    )

    def paint(draw):
        for y, high in ((TALL * 0.08, 60), (TALL * 0.78, 70)):
            draw.rectangle([0, y, WIDE, y + high], fill=d.border)
            band(draw, y, high, 16, lambda x, s, y=y, high=high: flower(draw, x, y + high / 2, high * 0.36, pens[0], 6))
            for k in (0, high):
                draw.rectangle([0, y + k - 3, WIDE, y + k + 3], fill=d.gold)
        rows = int(rng.integers(2, 4))
        step = TALL * 0.6 / rows
        for j in range(rows):
            y = TALL * 0.18 + (j + 0.5) * step
            band(
                draw,
                y,
                step,
                round(WIDE / step / 1.05),
                lambda x, s, y=y, j=j: spiral(
                    draw,
                    x + j % 2 * s / 2,
                    y,
                    s * 0.55,
                    x,
                    pens[int(x / s + j) % len(pens)],
                    1 if int(x / s) % 2 else -1,
                    1.3,
                    5,
                    "lotus" if int(x / s + j) % 2 else "flower",
                    10,
                ),
            )

    radius, top = lathe.shape(rng, str(rng.choice(["vase", "jar", "bowl", "ewer", "cup"])))
    return lathe.present(
        rng, radius, top, skin(ground, paint), lathe.GLAZE, rim=8, inside=mix(ground, (10, 16, 30), 0.35)
    )
