"""Every door of the rule is registered, and ARCHITECTURE.md lists exactly those."""

import re
from pathlib import Path

from django.urls import get_resolver

from marketplace.core.registry import doors

ARCHITECTURE = Path(__file__).parent.parent / "ARCHITECTURE.md"


def test_the_table_lists_every_registered_door():
    assert get_resolver().url_patterns  # loads every view, and with them every door
    text = ARCHITECTURE.read_text()
    listed = re.search(r"<!-- doors:begin -->\n(.*)<!-- doors:end -->", text, re.DOTALL)
    assert listed is not None
    rows = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", listed.group(1), re.MULTILINE)
    assert rows == [(door.name, door.function) for door in doors("forbid_foreign_goods")]
