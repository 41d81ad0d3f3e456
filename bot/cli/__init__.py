"""The command line: `program.py` is the list of all commands, each command one errand."""
