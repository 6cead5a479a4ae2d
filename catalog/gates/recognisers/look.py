"""What a first look at a text says that it may hold; the bits of it add up."""

from typing import Final

KNOWN_NAME: Final = 1
"""A full name of known words."""
NAME_ALONE: Final = 2
"""A name of one word."""
UNKNOWN_NAME: Final = 4
"""A full name of which a word is in no list."""
ANYTHING: Final = 7
