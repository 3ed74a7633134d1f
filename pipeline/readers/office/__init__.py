"""Office files: text, sheets and slides from their packages; older formats by LibreOffice."""
