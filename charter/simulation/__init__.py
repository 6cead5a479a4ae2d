"""Simulation: what a policy would publish, withhold and coarsen, why cell by cell. Exact small figures: internal."""
