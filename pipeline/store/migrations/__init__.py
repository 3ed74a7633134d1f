"""The steps from an empty database to the tables of `pipeline.store.models`."""

HEAD = "0005"
"""The last step; opening a store compares this with the database before it loads Alembic."""
