"""A whole year's four quarters, played by chat."""
