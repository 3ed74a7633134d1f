"""Who may enter, and who may do what: users, passwords, logins, tokens, and the audit log."""
