"""The API for programs, under /api: the same permissions as the pages, by a bearer token."""
