"""Every door of the rule is registered, and ARCHITECTURE.md lists exactly those."""

import re
from pathlib import Path

from django.urls import get_resolver

from marketplace.core.registry import doors

ARCHITECTURE = Path(__file__).parent.parent / "ARCHITECTURE.md"


def listed_doors() -> dict[str, str]:
    """`name → function` of the table in ARCHITECTURE.md."""
    listed = re.search(r"<!-- doors:begin -->\n(.*)<!-- doors:end -->", ARCHITECTURE.read_text(), re.DOTALL)
    assert listed is not None
    return dict(re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", listed.group(1), re.MULTILINE))


def test_the_table_lists_every_registered_door():
    assert get_resolver().url_patterns  # loads every view, and with them every door
    assert list(listed_doors().items()) == [(door.name, door.function) for door in doors("forbid_foreign_goods")]
