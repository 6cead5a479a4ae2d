"""Seeded randomness: one independent stream for each thing that is drawn, so that no draw moves another."""

from hashlib import sha256

import numpy as np


def generator(seed: int, *labels: str | int) -> np.random.Generator:
    """Return the stream of (seed, labels): same arguments, same numbers, whatever was drawn before."""
    text = "\x1f".join(str(part) for part in (seed, *labels))
    return np.random.Generator(np.random.PCG64(int.from_bytes(sha256(text.encode()).digest())))


def share(total: int, parts: dict[str, int]) -> dict[str, int]:
    """Divide `total` in proportion to `parts`, in whole numbers that add up (largest remainders, then key order)."""
    weight = sum(parts.values())
    whole = {key: total * part // weight for key, part in parts.items()}
    by_remainder = sorted(parts, key=lambda key: (-(total * parts[key] % weight), key))
    for key in by_remainder[: total - sum(whole.values())]:
        whole[key] += 1
    return whole
