"""Tables of any columns into files people and programs open: Excel, CSV, JSON lines, Parquet.

A `Layout` says what the columns are; rows are objects with an attribute for each. The suffix of
the output chooses the writer.
"""

from pipeline.tables.arrow import arrow_table
from pipeline.tables.cells import FORMULA_STARTS, LIST_SEPARATOR, flat
from pipeline.tables.layout import Column, Layout, Term, Type
from pipeline.tables.writing import WRITERS, check_output, write_table

__all__ = [
    "FORMULA_STARTS",
    "LIST_SEPARATOR",
    "WRITERS",
    "Column",
    "Layout",
    "Term",
    "Type",
    "arrow_table",
    "check_output",
    "flat",
    "write_table",
]
