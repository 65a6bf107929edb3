"""The tables of the support work."""
