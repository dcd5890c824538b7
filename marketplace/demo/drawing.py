"""Drawing and encoding, in a process of its own: it knows settings and files, and no database."""

import os

from marketplace.core.pictures import StoredPicture, store_picture
from marketplace.demo.art import detail, draw
from marketplace.demo.plan import group_of

#: Pixels a side.
SIDE = 1000


def be_humble() -> None:
    """Pages come before pictures."""
    os.nice(10)


def draw_and_store(order: tuple[int, str, str]) -> list[StoredPicture]:
    """The whole thing and a detail of it, in public storage. An order is seed, craft and folder."""
    seed, craft_en, folder = order
    whole = draw(craft_en, group_of(craft_en), seed, SIDE)
    return [store_picture(image, folder=folder) for image in (whole, detail(whole, seed))]
