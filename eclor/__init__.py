"""Glue: knows every room, holds no rule."""

__version__ = "0.1.0"
