"""What stands around every page: guards before it, the template, and how problems are told."""
