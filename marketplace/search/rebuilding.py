"""The whole index built anew, beside the one that answers. A rebuild that was stopped, even killed, is continued by the next.

One file beside the embedded index says how far it came: which indexes are on their way, the last work that is in them for good, and
the words counted until there. Works are read in the order of their ids, once for all engines.
"""

import fcntl
import gc
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from catalogue.models import Product
from marketplace.core.models import OutboxEvent
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.search.documents import documents
from marketplace.search.engines import engines
from marketplace.search.engines.base import Build, Engine, EngineFailed, IndexBusy, IndexMissing, Progress
from marketplace.search.services import in_batches, index_works, with_works_of_variants
from marketplace.search.spelling import counted, write_words
from marketplace.search.terms import publish as write_terms

#: Works after which what is written is kept for good.
KEEP_EVERY = 10_000
#: A transaction may have told of its change before the rebuild began and end only after it.
_SLOWEST_CHANGE = timedelta(minutes=10)


@dataclass
class Half:
    """How far a rebuild came. `indexes`: name of the engine → name of its index on the way; `last`: id of a work."""

    began: str
    indexes: dict[str, str]
    last: int = 0
    words: dict[str, int] = field(default_factory=dict)

    @property
    def changed_since(self) -> datetime:
        return datetime.fromisoformat(self.began) - _SLOWEST_CHANGE


def rebuild(progress: Progress | None = None) -> int:
    """Build every index anew; the old one answers until then. Returns how many works there are.

    `progress(done, total)` is called after every batch; a rebuild that is continued begins with what was done before. What changes
    meanwhile is written to the new index before it takes the old one's place. Raises IndexBusy when another rebuild runs, and
    EngineFailed; what is kept then is continued by the next.
    """
    with _alone(), ExitStack() as stack:
        half, builds = _continued() or _begun()
        for build in builds.values():
            stack.callback(build.close)
        works = _fill(half, list(builds.values()), progress)
        for changed in in_batches(_changed(half)):
            written, gone = _now(changed)
            for build in builds.values():
                build.replace(written, gone)
        for build in builds.values():
            build.finish()
        write_words(half.words)
        write_terms()
        _write_what_the_old_index_had(half)
        _file().unlink()
    return works


def _write_what_the_old_index_had(half: Half) -> None:
    """Changes that came too late for the new index; what cannot be written now, because the worker is writing, waits for the worker.

    Told to the index alone: other readers of the topic have heard of them.
    """
    late = _changed(half)
    try:
        index_works(late)
    except (IndexBusy, EngineFailed):
        OutboxEvent.objects.bulk_create((OutboxEvent(topic=WORK_CHANGED, key=str(pk)) for pk in late), batch_size=1000)


def _fill(half: Half, builds: list[Build], progress: Progress | None) -> int:
    shown = Product.objects.filter(parent__isnull=True, is_public=True).order_by("pk")
    ids = list(shown.filter(pk__gt=half.last).values_list("pk", flat=True))
    done = shown.filter(pk__lte=half.last).count()
    total, words, unkept = done + len(ids), Counter(half.words), 0
    with _collecting_seldom(), ThreadPoolExecutor(1) as writer:
        writing: Future[None] | None = None
        for some in in_batches(ids):
            read = documents(some)  # while the batch before is written
            if writing is not None:
                writing.result()
            writing = writer.submit(_add, builds, read)
            words.update(counted(read))
            done, unkept = done + len(some), unkept + len(some)
            if unkept >= KEEP_EVERY:
                writing.result()
                _keep(half, builds, some[-1], words)
                unkept = 0
            if progress:
                progress(done, total)
        if writing is not None:
            writing.result()
    # so that nothing is read again, whatever stops what follows
    _keep(half, builds, max(ids, default=half.last), words)
    return total


def _add(builds: list[Build], read: list[dict]) -> None:
    for build in builds:
        build.add(read)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Reading makes very many objects that go by themselves; looking through all of them all the time took a third of it."""
    kept = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*kept)


def _keep(half: Half, builds: list[Build], last: int, words: Counter[str]) -> None:
    for build in builds:
        build.keep()
    half.last, half.words = last, dict(words)
    _save(half)


def _changed(half: Half) -> list[int]:
    """Ids of works of which a change was told since the rebuild began."""
    told = OutboxEvent.objects.filter(topic=WORK_CHANGED, created_at__gte=half.changed_since)
    return sorted({int(key) for key in told.values_list("key", flat=True) if key.isdecimal()})


def _now(ids: list[int]) -> tuple[list[dict], set[int]]:
    """Documents of works as they are by now, and the ids that have none any more."""
    some = with_works_of_variants(ids)
    written = documents(some)
    return written, some - {document["id"] for document in written}


def _begun() -> tuple[Half, dict[str, Build]]:
    began = timezone.now().isoformat()
    builds = {_named(engine): engine.build() for engine in engines()}
    half = Half(began, {engine: build.name for engine, build in builds.items()})
    _save(half)
    return half, builds


def _continued() -> tuple[Half, dict[str, Build]] | None:
    """The rebuild that was stopped, as far as it came; None where there is none, or not for all of today's engines."""
    half = _load()
    kept = {_named(engine): engine for engine in engines()}
    if half is None or half.indexes.keys() != kept.keys():
        return None
    builds: dict[str, Build] = {}
    try:
        for name, engine in kept.items():
            builds[name] = engine.build(half.indexes[name], half.last)
    except IndexMissing:
        for build in builds.values():
            build.close()
        return None
    return half, builds


def _named(engine: Engine) -> str:
    return type(engine).__name__


def _file() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / f"rebuild-{settings.SEARCH_INDEX_SHAPE}.json"


def _load() -> Half | None:
    try:
        return Half(**json.loads(_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _save(half: Half) -> None:
    fresh = _file().with_suffix(".new")
    fresh.write_text(json.dumps(asdict(half), ensure_ascii=False), encoding="utf-8")
    fresh.replace(_file())


@contextmanager
def _alone() -> Iterator[None]:
    """One rebuild at a time on a host; the system lets go for one that was killed. Raises IndexBusy."""
    room = Path(settings.SEARCH_INDEX_DIR)
    room.mkdir(parents=True, exist_ok=True)
    with (room / "rebuild.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(room) from error
        yield
