"""Models that are kept: files and cards, the default one, a workspace's, which one is in use."""
