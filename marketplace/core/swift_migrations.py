"""Django's own migrations, on an empty database, in a third of the time.

Profile of a first migrate (384 migrations, Oscar and Wagtail all tied to the user): 83 % goes into rendering 42,000 model
classes, because after each operation Django renders anew every model that can be reached from the changed one in either
direction, that is, nearly all. Only a model that *points* to a changed one holds a stale class, so only those are rendered
here. The operations, their order and their SQL stay Django's; `tests/core/test_swift_migrations.py` compares the tables.
Before a data migration Django renders all models anew whenever a state calls itself delayed, and so do we.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]


@contextmanager
def swift_migrations() -> Iterator[None]:
    """While it is entered, a changed model state renders itself and what points to it, nothing more."""
    ordinary = ProjectState._find_reload_model
    ProjectState._find_reload_model = _itself_and_what_points_to_it
    try:
        yield
    finally:
        ProjectState._find_reload_model = ordinary


def _itself_and_what_points_to_it(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[Key]:
    state.is_delayed = True
    found = {(app_label, model_name)}
    pointers = _pointers(state)
    waiting = [(app_label, model_name)]
    while waiting:
        new = pointers.get(waiting.pop(), set()) - found
        found |= new
        if not delay:
            waiting.extend(new)
    return found


def _pointers(state: ProjectState) -> dict[Key, set[Key]]:
    """Which models point to a model, by a relation, by what a relation goes through, or by descent."""
    pointers: dict[Key, set[Key]] = {}
    for key, model in state.models.items():
        for target in _targets(key, model):
            pointers.setdefault(target, set()).add(key)
    return pointers


def _targets(key: Key, model: ModelState) -> Iterator[Key]:
    for field in model.fields.values():
        if field.is_relation:
            yield resolve_relation(field.remote_field.model, *key)
            through = getattr(field.remote_field, "through", None)
            if through:
                yield resolve_relation(through, *key)
    for base in model.bases:
        if isinstance(base, str):
            yield resolve_relation(base, *key)
