"""What the bot must survive, as rows of figures: faults are injected by a seed, and what came of it is counted."""
