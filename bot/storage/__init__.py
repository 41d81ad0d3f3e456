"""The only SQL; rows become dataclasses at this border."""
