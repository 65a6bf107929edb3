"""What comes in about courses, and what goes out."""
