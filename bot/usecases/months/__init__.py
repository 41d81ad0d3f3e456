"""The month's form, from its opening to its summary."""
