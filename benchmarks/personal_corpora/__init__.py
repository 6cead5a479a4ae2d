"""Made-up tables and texts, the same each time: clean ones, and those in which something personal is planted."""
