"""Doors 1 and 2: a declared Source, a RawDataset that holds only what the policy lets in."""
