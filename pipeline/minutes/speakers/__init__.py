"""Who speaks in minutes, and where someone begins to."""
