"""Which HS 2022 codes a work may have, the likeliest first and each with its reasons. A person decides: the material does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from catalogue.models import Material
from marketplace.crafts.models import Craft
from marketplace.customs.facts import in_language, table
from marketplace.customs.findings import Told

#: What a reason is worth: the craft's own word, a material, the group alone.
_CRAFT, _MATERIAL, _GROUP = 4, 2, 1
#: Codes of what is too old to leave: a person may say one, nobody is led to it.
_NEVER_SUGGESTED = ("9706", "9701.21")


@dataclass(frozen=True)
class HsCode:
    """A code of HS 2022 with its meaning, the craft groups it stands under, and the words that speak for it."""

    code: str
    groups: frozenset[str]
    meaning_fa: str
    meaning_en: str
    crafts: frozenset[str]
    materials: frozenset[str]

    @property
    def meaning(self) -> str:
        """What it covers, in the reader's language."""
        return in_language(self.meaning_fa, self.meaning_en)


@dataclass(frozen=True)
class Suggestion:
    """A code and why it may be the one."""

    code: HsCode
    reasons: tuple[Told, ...]
    worth: int


@lru_cache
def hs_codes() -> Mapping[str, HsCode]:
    """Every code the market knows, in the order of its table."""
    hints = {row["hs2022"]: row for row in table("hs_hints")}
    groups: dict[str, set[str]] = {}
    for row in table("hs_codes"):
        groups.setdefault(row["hs2022"], set()).add(row["craft_group"])
    meanings = {row["hs2022"]: row["meaning"] for row in table("hs_codes")}
    return MappingProxyType(
        {
            code: HsCode(
                code,
                frozenset(under - {""}),
                hints[code]["meaning_fa"],
                meanings[code],
                frozenset(hints[code]["crafts"].split()),
                frozenset(hints[code]["materials"].split()),
            )
            for code, under in groups.items()
        }
    )


def meaning_of(code: str) -> str:
    """What a code covers, in the reader's language; empty for one that the market does not know."""
    known = hs_codes().get(code)
    return known.meaning if known else ""


def suggest(craft: Craft, materials: Iterable[Material]) -> list[Suggestion]:
    """Codes for a work of a craft (its group loaded) and materials, the likeliest first; empty where nothing speaks for any."""
    materials = list(materials)
    found = [_suggestion(code, craft, materials) for code in hs_codes().values()]
    return sorted((one for one in found if one), key=lambda one: -one.worth)


def _suggestion(code: HsCode, craft: Craft, materials: list[Material]) -> Suggestion | None:
    """A code of the craft's group; of a group without codes, one that the material speaks for."""
    is_of_group = craft.group.slug in code.groups
    if code.code.startswith(_NEVER_SUGGESTED) or not (is_of_group or craft.group.slug not in _groups_with_codes()):
        return None
    reasons: list[Told] = []
    worth = _GROUP if is_of_group else 0
    if is_of_group and code.crafts & set(craft.slug.split("-")):
        worth += _CRAFT
        reasons.append(Told(_("Its craft is %(craft)s."), {"craft": lambda: craft.name}))
    for material in materials:
        if material.slug in code.materials:
            worth += _MATERIAL
            reasons.append(Told(_("It is made of %(material)s."), {"material": lambda one=material: one.name}))
    if is_of_group and not reasons:
        reasons.append(Told(_("It is of the group %(group)s."), {"group": lambda: craft.group.name}))
    return Suggestion(code, tuple(reasons), worth) if worth else None


@lru_cache
def _groups_with_codes() -> frozenset[str]:
    return frozenset(group for code in hs_codes().values() for group in code.groups)


def basis_of(craft: str, materials: Iterable[str]) -> str:
    """What a confirmation is said for: the craft and the materials, by their addresses."""
    return f"{craft}|{','.join(sorted(materials))}"
