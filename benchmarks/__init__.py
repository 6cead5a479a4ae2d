"""Measured claims: ratios to a yardstick of the same run."""
