"""Letters: what may be said, as frozen dataclasses, and their codec."""
