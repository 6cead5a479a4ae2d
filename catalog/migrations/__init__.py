"""The database's shapes, in order."""
