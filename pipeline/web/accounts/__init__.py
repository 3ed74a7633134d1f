"""Pages on access: logging in, one's own account, the users, the audit log."""
