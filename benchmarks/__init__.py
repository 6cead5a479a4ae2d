"""Measured claims: ratios to a yardstick of the same run."""

from typing import Final

UNMEASURED: Final = 3
"""What a claim ends with when its yardstick is not here: neither held nor broken, and not a success."""
