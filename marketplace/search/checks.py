"""What an operator is told at the start: an index of another shape answers nothing, and one command builds the right one."""

from django.conf import settings
from django.core.checks import CheckMessage, Info

from marketplace.search.engines.embedded import EmbeddedEngine


def index_is_built(app_configs, **_more) -> list[CheckMessage]:
    """In production only: elsewhere the start builds it itself."""
    if not settings.PRODUCTION or (EmbeddedEngine().folder / "meta.json").exists():
        return []
    return [
        Info(
            f"There is no search index of shape {settings.SEARCH_INDEX_SHAPE}: nothing is found until it is built.",
            hint="Run `manage.py rebuild_index` once after an upgrade that raises SEARCH_INDEX_SHAPE.",
            id="search.I001",
        )
    ]
