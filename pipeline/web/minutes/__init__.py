"""Minutes of meetings: the list of them, and one set of minutes beside its text."""
