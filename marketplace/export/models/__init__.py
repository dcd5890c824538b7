"""Who exports, with which cartons and carriers; consignments with their lines, collections, steps and packings."""

from marketplace.export.models.carriers import CartonSize, ForeignCarrier, ForeignTariff
from marketplace.export.models.consignments import Collection, Consignment, ConsignmentLine, ConsignmentStep
from marketplace.export.models.exporters import Exporter
from marketplace.export.models.packings import PackingVersion

__all__ = [
    "CartonSize",
    "Collection",
    "Consignment",
    "ConsignmentLine",
    "ConsignmentStep",
    "Exporter",
    "ForeignCarrier",
    "ForeignTariff",
    "PackingVersion",
]
