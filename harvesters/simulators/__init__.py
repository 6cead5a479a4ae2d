"""Servers that speak the protocols on loopback, seeded, at true scale: the demonstration territory's source systems.

Everything they say is simulated. What is particular to a territory (places, counts, names, texts) is data in its
`simulateurs/` folder; this code knows none of it. `python -m harvesters.simulators --help` starts them.
"""
