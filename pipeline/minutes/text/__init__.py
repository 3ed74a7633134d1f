"""The text of minutes as lines, paragraphs and labels, and the wording that minutes use."""
