"""Uploads: accepted onto the disk (`accepting`), then read one by one (`receiving`)."""
