"""The households that hold a badge: how many, where, how often they come, and to which site."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harvesters.simulators.parameters import Parameters, Site
from harvesters.simulators.places import Commune, centre
from harvesters.simulators.seeds import generator, share


@dataclass(frozen=True, slots=True)
class Households:
    """Badges, the commune of each, and for each site the cumulated chances that the next visit is theirs."""

    badges: tuple[str, ...]
    communes: tuple[str, ...]
    chances: Mapping[str, np.ndarray]

    def visitors(self, site: str, draws: np.random.Generator, count: int) -> list[int]:
        """Draw who comes, visit by visit; somebody may come twice."""
        chances = self.chances[site]
        drawn = np.searchsorted(chances, draws.random(count) * chances[-1], side="right")
        return [min(int(number), len(chances) - 1) for number in drawn]


def make_households(parameters: Parameters, communes: Mapping[str, Commune], seed: int) -> Households:
    """Draw the households; same seed, same households, whatever the day."""
    badges = parameters.waste.badges
    draws = generator(seed, "households")
    counts = share(badges.households, {town.code: town.population for town in parameters.town.communes})
    where = [code for code, count in counts.items() for _ in range(count)]
    numbers = draws.permutation(900_000)[: len(where)] + 100_000
    zeal = draws.gamma(0.9, 1.0, len(where))
    nearest = {code: _nearest(parameters.waste.sites, communes[code]) for code in counts}
    chances = {
        site.code: _chances(site, where, nearest, zeal, badges.loyalty_percent) for site in parameters.waste.sites
    }
    return Households(tuple(f"{badges.prefix}{number}" for number in numbers), tuple(where), chances)


def _nearest(sites: tuple[Site, ...], commune: Commune) -> str:
    lon, lat = centre(commune.ring)
    return min(sites, key=lambda site: (site.longitude - lon) ** 2 * 0.42 + (site.latitude - lat) ** 2).code


def _chances(site: Site, where: list[str], nearest: Mapping[str, str], zeal: np.ndarray, loyalty: int) -> np.ndarray:
    likes = np.array([loyalty if nearest[code] == site.code else 100 - loyalty for code in where])
    return np.cumsum(zeal * likes)
