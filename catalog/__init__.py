"""Doors 5 and 6: gates, then immutable versions."""
