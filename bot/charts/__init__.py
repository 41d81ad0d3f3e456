"""Numbers become pictures (PNG) and papers (PDF); pure."""
