"""One module for each area of the workplace; routes are thin."""
