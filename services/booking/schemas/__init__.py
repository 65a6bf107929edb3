"""Schemas of the events that booking receives."""
