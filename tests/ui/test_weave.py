"""A maker's woven patch: always the same, never the neighbour's, symmetric, and nothing but a picture."""

import re

from marketplace.ui.weave import HALF, KINDS, weave


def stitches(svg: str) -> dict[tuple[int, int], int]:
    """(x, y) → yarn of every stitch that lies on the ground."""
    found = {}
    for yarn, path in re.findall(r'<path class="yarn-([1-9])" d="([^"]*)"', svg):
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
            for step in range(int(run)):
                found[int(x) + step, int(y)] = int(yarn)
    return found


def test_a_slug_always_gives_the_same_patch():
    assert weave("weaver") == weave("weaver")


def test_makers_differ():
    assert len({weave(f"maker-{number}") for number in range(200)}) > 150


def test_a_patch_is_symmetric_both_ways():
    side = 2 * HALF - 1
    for slug in ("weaver", "coppersmith", "کارگاه"):
        woven = stitches(weave(slug))
        assert woven
        assert woven == {(side - x, y): yarn for (x, y), yarn in woven.items()}
        assert woven == {(x, side - y): yarn for (x, y), yarn in woven.items()}


def test_a_patch_is_hidden_from_screen_readers_and_carries_no_style():
    svg = weave('"><script>')
    assert 'aria-hidden="true"' in svg
    assert "style" not in svg
    assert "script" not in svg
    assert int(re.search(r"kind-(\d+)", svg)[1]) < KINDS
