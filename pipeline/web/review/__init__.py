"""The review queue: filters, counts, accepting many at once, and what a person may say."""
