"""Dry runs of policies, on a file or on what a home holds: rows in a private scratch folder, nothing else written."""
