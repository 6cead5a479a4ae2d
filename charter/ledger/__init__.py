"""The ledger: what each version published and who was in it, kept apart, destroyed with the raw rows."""
