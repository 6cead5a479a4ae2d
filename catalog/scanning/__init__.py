"""Any file, looked at for personal data: what it is, how it is read for sure, what was found in it."""
