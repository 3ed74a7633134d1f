"""Labels out to a sheet and back again: `wara export` and `wara import`."""

from pipeline.store.exchange.columns import LabelRow, layout
from pipeline.store.exchange.exporting import label_rows
from pipeline.store.exchange.importing import ImportReport, RowChange, import_labels

__all__ = ["ImportReport", "LabelRow", "RowChange", "import_labels", "label_rows", "layout"]
