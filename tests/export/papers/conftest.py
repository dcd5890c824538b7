from tests.export.abroad import carrier, cartons, draft, exporter, filled, labelled, packed  # noqa: F401
