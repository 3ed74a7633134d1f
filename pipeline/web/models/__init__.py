"""Models: their cards, training another one in the background, promoting it."""
