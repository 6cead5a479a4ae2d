"""The charter language, its compiler (door 3), its application (door 4), its acts and its journal."""
