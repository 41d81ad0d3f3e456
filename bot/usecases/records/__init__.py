"""What the learning platforms recorded."""
