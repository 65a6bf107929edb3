"""Reads. Each a constant number of queries."""
