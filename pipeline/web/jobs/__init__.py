"""Work in the background: the processes that do it, and whose it is."""
