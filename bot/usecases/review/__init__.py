"""The drawn group: its seats, its draw, its work."""
