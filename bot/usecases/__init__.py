"""What the system can do, one verb a file."""
