"""The search page: what is asked, facets, excerpts, and the hits as a table."""
