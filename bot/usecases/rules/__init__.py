"""The tables of rules and how one is adopted."""
