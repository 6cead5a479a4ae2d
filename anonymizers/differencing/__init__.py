"""Differencing: what several releases say together (LANGUAGE.md section 9, "Differencing")."""
