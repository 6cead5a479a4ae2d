"""Treatments and disclosure control; knows no YAML and no French."""
