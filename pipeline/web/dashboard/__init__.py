"""The dashboard: figures counted from the store (`statistics`), and charts of them in SVG."""
