"""One document: its text with evidence marked, images of its pages, and decisions on it."""
