"""What the clock sets off; entries as thin as handlers."""
