"""Training's tables, a file for each part of its work."""
