"""How right documents are read: files made on the spot, other tools, damage, scans, forms."""
