"""What is due, what comes, and moving it."""
