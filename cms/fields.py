"""Streams of blocks as model fields."""

from typing import Any

from wagtail.fields import StreamField


class PartsField(StreamField):
    """A stream whose blocks are code, not schema: a block that is added or changed needs no migration."""

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        super().__init__(block_types, **options)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        """Without its blocks: rows hold JSON that any later set of blocks reads."""
        name, _path, _args, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, "cms.fields.PartsField", [], options
