from tests.export.abroad import (  # noqa: F401
    carrier,
    cartons,
    draft,
    exporter,
    filled,
    labelled,
    other_exporter,
    packed,
)
