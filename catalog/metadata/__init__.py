"""What describes a version: one file a standard."""
