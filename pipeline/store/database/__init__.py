"""The database: which one, connections to it, and bringing its tables to this version."""
