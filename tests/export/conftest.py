from tests.export.abroad import draft, exporter, filled, labelled, other_exporter  # noqa: F401
