"""Whatever is handed over, the verifier answers; whatever is changed in a credential or a list, it is not valid any more."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from authenticity.credentials.verifier import verify_bundle
from tests.authenticity.credentials.bundles import OURS

JUNK = [None, 7, "x", "\ud800", [], [[7]], {}, {"@context": 7, "id": []}]


def paths(value: Any, above: tuple = ()) -> Iterator[tuple]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield (*above, name)
        yield from paths(one, (*above, name))


def with_at(whole: Any, path: tuple, value: Any) -> Any:
    changed = copy.deepcopy(whole)
    at = changed
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    return changed


GOOD = OURS.bundle()
#: The contexts are W3C's and ours: a part of each kind is enough.
PLACES = [path for path in paths(GOOD) if path[0] != "contexts" or len(path) < 5]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_at_any_place_is_answered(junk):
    answers = {path: verify_bundle(with_at(GOOD, path, junk)) for path in PLACES}
    assert all(answer.is_valid or answer.reasons for answer in answers.values())
    signed = [path for path in PLACES if path[0] in ("credential", "statusListCredentials") and len(path) > 1]
    assert [path for path in signed if answers[path].is_valid] == []


@pytest.mark.parametrize(
    "path", [path for path in PLACES if path[0] in ("credential", "statusListCredentials") and len(path) > 1]
)
def test_leaving_anything_signed_out_is_noticed(path):
    changed = copy.deepcopy(GOOD)
    at = changed
    for name in path[:-1]:
        at = at[name]
    del at[path[-1]]
    assert not verify_bundle(changed).is_valid


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_a_bundle_that_is_junk(junk):
    assert not verify_bundle(junk).is_valid
