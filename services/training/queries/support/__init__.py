"""What is read of the support work."""
