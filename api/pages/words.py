"""Words and figures as the pages write them in French: no-break spaces, dates, sizes, names of what is enumerated."""

import re
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from catalog.declaration import Theme
from catalog.notes import PARIS, period_words

_NARROW: Final = "\u202f"
_WIDE: Final = "\u00a0"
_BEFORE: Final = re.compile(r"[ \u00a0\u202f]([;!?])")
_COLON: Final = re.compile(r" (:)(?=\s|$)")
_OPEN: Final = re.compile(r"« ?")
_CLOSE: Final = re.compile(r" ?»")

THEMES: Final = MappingProxyType(
    {
        Theme.WASTE: ("Déchets", "trash-2"),
        Theme.LIGHTING: ("Éclairage", "lightbulb"),
        Theme.ENERGY: ("Énergie", "zap"),
        Theme.TRAFFIC: ("Trafic", "car"),
        Theme.SAFETY: ("Sécurité", "shield"),
        Theme.SOCIAL_ECONOMY: ("Économie solidaire", "handshake"),
        Theme.MOBILITY: ("Mobilités", "bus"),
        Theme.SHARING: ("Réemploi", "recycle"),
        Theme.BOOKING: ("Réservations", "calendar-check"),
        Theme.REPORTS: ("Signalements", "flag"),
        Theme.ALERTS: ("Alertes", "cloud-lightning"),
        Theme.PLANNING: ("Urbanisme", "building-2"),
        Theme.ENVIRONMENT: ("Environnement", "leaf"),
        Theme.PUBLIC_LIFE: ("Vie publique", "music"),
    }
)
"""Theme → its name and its icon."""
KINDS: Final = MappingProxyType({"snapshot": "liste complète", "series": "série", "live": "en direct"})
STATES: Final = MappingProxyType(
    {"served": "publié", "waiting": "en attente", "refused": "refusé", "withdrawn": "retiré"}
)
PROTECTION: Final = MappingProxyType({"masked": "des cases masquées", "whole": "sans case masquée"})
LICENCES: Final = MappingProxyType(
    {
        "licence-ouverte-2.0": "Licence Ouverte 2.0",
        "odbl-1.0": "ODbL 1.0",
        "cc-by-4.0": "CC BY 4.0",
        "cc0-1.0": "CC0 1.0",
    }
)
FORMATS: Final = MappingProxyType(
    {
        "data.csv": ("CSV", "pour tableur"),
        "data.json": ("JSON", "pour une application"),
        "data.ndjson": ("NDJSON", "ligne à ligne"),
        "data.geojson": ("GeoJSON", "pour une carte"),
        "data.parquet": ("Parquet", "pour l'analyse"),
    }
)
"""File → its name and whom it is for; the first is the main download."""
_FACETS: Final = MappingProxyType(
    {"theme": {theme.value: name for theme, (name, _) in THEMES.items()}, "kind": KINDS, "state": STATES}
)


def typed(text: str) -> str:
    """Set the no-break spaces of French typography: inside « », before : ; ? !."""
    text = _BEFORE.sub(rf"{_NARROW}\1", text)
    text = _COLON.sub(rf"{_WIDE}\1", text)
    return _CLOSE.sub(f"{_WIDE}»", _OPEN.sub(f"«{_WIDE}", text))


def french(value: object) -> Markup:
    """Escape a text for HTML, its typography set."""
    return Markup(typed(str(escape(value))))  # noqa: S704 - escaped just before


def number(value: float) -> str:
    """Write a number: 3 120,5."""
    return format_decimal(value, locale="fr")


def percent(share: float) -> str:
    """Write a share of one: 13 %."""
    return format_percent(share, locale="fr")


def size(size_bytes: int) -> str:
    """Write a size: 84 ko, 1,2 Mo."""
    kilo = 1000
    if size_bytes < kilo:
        return f"{size_bytes}{_WIDE}octets"
    if size_bytes < kilo**2:
        return f"{number(round(size_bytes / kilo))}{_WIDE}ko"
    return f"{number(round(size_bytes / kilo**2, 1))}{_WIDE}Mo"


def day(instant: datetime | date) -> str:
    """Write a day: 24 novembre 2026."""
    local = instant.astimezone(PARIS) if isinstance(instant, datetime) else instant
    return format_date(local, "d MMMM y", locale="fr")


def moment(instant: datetime) -> str:
    """Write an instant: 24 novembre 2026 à 14 h 07."""
    local = instant.astimezone(PARIS)
    return f"{day(local)} à {local.hour}{_WIDE}h{_WIDE}{local:%M}"


def cell(text: object, column_type: str, level: str) -> str:
    """Write a published value as people read it; codes stay as they are."""
    if isinstance(text, int | float):
        return number(text)
    plain = str(text)
    if level == "heure" or (column_type == "date-heure" and "T" in plain):
        return _hour(plain, exact=level != "heure")
    if level == "jour" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
        return format_date(date.fromisoformat(plain), "EEE d MMM y", locale="fr")
    if level in {"semaine", "mois", "trimestre"}:
        return period_words(plain)  # type: ignore[arg-type] - a label is what it reads
    return plain


def _hour(plain: str, *, exact: bool) -> str:
    """An hour's label has its offset but on the doubled autumn hour, where both readings are one cell."""
    try:
        instant = datetime.fromisoformat(plain)
    except ValueError:
        return plain
    if exact and instant.tzinfo is not None:
        return format_datetime(instant.astimezone(PARIS), "d MMM y, HH:mm", locale="fr")
    return f"{format_date(instant, 'EEE d MMM', locale='fr')}, {instant.hour}{_WIDE}h"


def covers(periods: tuple[str, ...]) -> str:
    """Say what a version covers: « octobre 2026 », « du 1 au 22 novembre »; empty for a delivery."""
    if not periods:
        return ""
    first, last = period_words(min(periods)), period_words(max(periods))  # type: ignore[type-var]
    return first if first == last else f"{first} à {last}"


def facet_value(facet: str, value: str) -> str:
    """Return the words of a facet's value."""
    if facet == "protection":
        return PROTECTION.get(value, value)
    if facet == "format":
        return FORMATS.get(f"data.{value}", (value, ""))[0]
    return _FACETS.get(facet, {}).get(value, value)
