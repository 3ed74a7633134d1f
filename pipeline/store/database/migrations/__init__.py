"""The steps from an empty database to the tables of `pipeline.store.tables`."""

HEAD = "0007"
"""The last step; opening a store compares this with the database before it loads Alembic."""
