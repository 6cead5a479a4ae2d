"""Disclosure control: which cells to mask so that nobody computes back what a guarantee refuses to show."""
