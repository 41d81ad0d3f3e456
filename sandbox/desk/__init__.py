"""The people's side over HTTP: `/sim/…`."""
