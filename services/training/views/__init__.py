"""What callers are shown, a file for each part of the work."""
