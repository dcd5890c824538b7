"""Which engine answers: Elasticsearch where the settings name one, the embedded engine where they do not or it fails."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from marketplace.search.engines.base import Engine, EngineFailed, IndexMissing
from marketplace.search.engines.elastic import ElasticEngine
from marketplace.search.engines.embedded import EmbeddedEngine

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

#: After a failure a server is left alone for so long, so that pages do not wait for it one by one.
REST_SECONDS = 10
_rests_until: dict[str, float] = {}


def engines() -> list[Engine]:
    """Every engine that is kept up to date: the embedded one always, because it answers when the server does not."""
    found: list[Engine] = [EmbeddedEngine()]
    if settings.ELASTICSEARCH_URL:
        found.append(ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_NAME))
    return found


def answering(ask: Callable[[Engine], Answer]) -> Answer | None:
    """The answer of the first engine that has one, the server before the embedded one; None when neither has."""
    for engine in reversed(engines()):
        name = type(engine).__name__
        if _rests_until.get(name, 0) > time.monotonic():
            continue
        if name in _rests_until:  # one page finds out whether it has recovered; the others do not wait with it
            _rests_until[name] = time.monotonic() + REST_SECONDS
        try:
            answer = ask(engine)
        except IndexMissing:
            log.warning("search: %s has no index yet", name)
        except EngineFailed as error:
            log.warning("search: %s failed: %s", name, error)
            if isinstance(engine, ElasticEngine):
                _rests_until[name] = time.monotonic() + REST_SECONDS
        else:
            _rests_until.pop(name, None)
            return answer
    return None
