"""What is shown when a quarter is public."""
