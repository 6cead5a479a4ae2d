"""Words and figures as the pages write them in French: typography, dates, sizes, names of what is enumerated."""

import re
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent

from catalog.declaration import Theme
from catalog.notes import PARIS, period_words
from catalog.spans import told
from charter.durations import Duration
from charter.vocabulary import FieldType
from eclor.names import Period

_NARROW: Final = "\u202f"
_WIDE: Final = "\u00a0"
_PARTS: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_AS_IT_IS: Final = frozenset({"pre", "code", "textarea", "script"})
_BEFORE: Final = re.compile(r"[ \u00a0\u202f]([;!?])")
_PERCENT: Final = re.compile(r"(?<=\d)[ \u00a0\u202f]%")
_COLON: Final = re.compile(r" (:)(?=[\s»]|$)")
_OPEN: Final = re.compile(r"«[ \u00a0\u202f]?")
_CLOSE: Final = re.compile(r"[ \u00a0\u202f]?»")
_APOSTROPHE: Final = re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)")
_YES: Final = frozenset({"1", "true"})
"""True as the index of rows holds it, and as files do."""
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400

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
KINDS: Final = MappingProxyType(
    {"snapshot": "Liste complète", "series": "Série", "live": "En direct", "not_collected": "Non collecté"}
)
STATES: Final = MappingProxyType(
    {
        "served": "Publié",
        "waiting": "En attente",
        "refused": "Refusé",
        "withdrawn": "Retiré",
        "not_collected": "Non collecté",
    }
)
PROTECTION: Final = MappingProxyType({"masked": "Des cases masquées", "whole": "Aucune case masquée"})
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
FACETS: Final = MappingProxyType(
    {
        "theme": "Thème",
        "kind": "Rythme",
        "state": "État",
        "service": "Service",
        "format": "Format",
        "licence": "Licence",
        "frequency": "Fréquence",
        "protection": "Protection",
    }
)
"""Facet → its title, in the order of the page."""
_FACET_VALUES: Final = MappingProxyType(
    {
        "theme": {theme.value: name for theme, (name, _) in THEMES.items()},
        "kind": KINDS,
        "state": STATES,
        "protection": PROTECTION,
        "licence": LICENCES,
        "format": {name.removeprefix("data."): shown for name, (shown, _) in FORMATS.items()},
    }
)


def typeset(html: str) -> str:
    """Set the typography of a whole page, outside tags and code: no text of a template or of data can miss it."""
    made, code = [], 0
    for part in _PARTS.split(html):
        if part.startswith("<"):
            name = re.match(r"</?([a-z0-9]*)", part)
            if name is not None and name[1] in _AS_IT_IS:
                code += -1 if part.startswith("</") else 1
            made.append(part)
        else:
            made.append(part if code else typed(part))
    return "".join(made)


def typed(text: str) -> str:
    """Set a text's no-break spaces (inside « », before : ; ? ! and the % of a number) and its apostrophes."""
    text = _BEFORE.sub(rf"{_NARROW}\1", text)
    text = _PERCENT.sub(f"{_NARROW}%", text)
    text = _COLON.sub(rf"{_WIDE}\1", text)
    text = _APOSTROPHE.sub("’", text)
    return _CLOSE.sub(f"{_WIDE}»", _OPEN.sub(f"«{_WIDE}", text))


def share(part: float) -> str:
    """Write a share from 0 to 1 in percent, with one decimal; what is not quite whole is never said to be: 99,9 %."""
    return format_percent(int(part * 1000) / 1000, format="#,##0.#\N{NARROW NO-BREAK SPACE}%", locale="fr")


def number(value: float) -> str:
    """Write a number: 3 120,5, and − for what is below zero."""
    return format_decimal(value, locale="fr").replace("-", "−")


def percent(share: float) -> str:
    """Write a share of one: 13 %."""
    return format_percent(share, locale="fr")


def counted(count: int, one: str, several: str) -> str:
    """Write a count with its noun: 0 ligne, 1 ligne, 2 lignes (French counts several from two)."""
    return f"{number(count)}{_WIDE}{one if abs(count) < 2 else several}"  # noqa: PLR2004 - grammar


def size(size_bytes: int) -> str:
    """Write a size: 84 ko, 1,2 Mo."""
    kilo = 1000
    if size_bytes < kilo:
        return f"{size_bytes}{_WIDE}octets"
    if size_bytes < kilo**2:
        return f"{number(round(size_bytes / kilo))}{_WIDE}ko"
    return f"{number(round(size_bytes / kilo**2, 1))}{_WIDE}Mo"


def day(instant: datetime | date) -> str:
    """Write a day: 24 novembre 2026, 1er juin 2027."""
    local = instant.astimezone(PARIS) if isinstance(instant, datetime) else instant
    return f"{local.day}{'er' if local.day == 1 else ''} {format_date(local, 'MMMM y', locale='fr')}"


def clock(instant: datetime) -> str:
    """Write a time in a sentence: 14 h 07."""
    local = instant.astimezone(PARIS)
    return f"{local.hour}{_WIDE}h{_WIDE}{local:%M}"


def moment(instant: datetime) -> str:
    """Write an instant in a sentence: 24 novembre 2026 à 14 h 07."""
    return f"{day(instant)} à {clock(instant)}"


def ago(seconds: float) -> str:
    """Write an age: il y a 3 min. The pages' script counts on with the same words."""
    if seconds < 90:  # noqa: PLR2004 - a minute and a half reads better in seconds
        return f"il y a {max(0, round(seconds))}{_WIDE}s"
    if seconds < 90 * _MINUTE:
        return f"il y a {round(seconds / _MINUTE)}{_WIDE}min"
    if seconds < 36 * _HOUR:
        return f"il y a {round(seconds / _HOUR)}{_WIDE}h"
    return f"il y a {number(round(seconds / _DAY))}{_WIDE}j"


def instant_of(text: object) -> datetime | None:
    """Read a published instant; None for anything else."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def cell(value: object, column_type: str, level: str) -> str:
    """Write a published value as people read it; codes stay as they are."""
    if column_type == FieldType.BOOLEAN:
        return "oui" if str(value).lower() in _YES else "non"
    if isinstance(value, int | float):
        return number(value)
    return _label(str(value), level) if level else _moment(str(value), column_type)


def _label(plain: str, level: str) -> str:
    """Write a label of time; those of place and of bins stay as they are."""
    match level:
        case "heure":
            return _hour(plain)
        case "jour" if _DATE.fullmatch(plain):
            return format_date(date.fromisoformat(plain), "EEE d MMM y", locale="fr")
        case "semaine" | "mois" | "trimestre":
            return period_words(Period(plain))
        case _:
            return plain


def _moment(plain: str, column_type: str) -> str:
    """Write a date or an instant of a column of such; any other text stays as it is."""
    if column_type == FieldType.DATE and _DATE.fullmatch(plain):
        return format_date(date.fromisoformat(plain), "d MMM y", locale="fr")
    instant = instant_of(plain) if column_type == FieldType.DATETIME else None
    return plain if instant is None else format_datetime(instant.astimezone(PARIS), "d MMM y, HH:mm", locale="fr")


def _hour(plain: str) -> str:
    """Write an hour's label in its own offset; the doubled hour of autumn says which of the two it is."""
    instant = instant_of(plain)
    if instant is None:
        return plain
    local = instant.astimezone(PARIS)
    doubled = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    season = f" ({'heure d’hiver' if local.fold else 'heure d’été'})" if doubled else ""
    return f"{format_date(local, 'EEE d MMM', locale='fr')}, {format_time(local, 'H', locale='fr')}{_WIDE}h{season}"


def covers(periods: tuple[Period, ...], window: Duration | None = None) -> str:
    """Say what a version covers: « octobre 2026 », « septembre 2026 à novembre 2026 »; empty for a delivery."""
    spans = told(periods, window)
    if spans is None:
        return ""
    first, last = (period_words(Period(span.label)) for span in spans)
    return first if first == last else f"{first} à {last}"


def facet_value(facet: str, value: str) -> str:
    """Return the words of a facet's value."""
    return _FACET_VALUES.get(facet, {}).get(value, value)


def theme_name(theme: str) -> str:
    """Return a theme's name."""
    return facet_value("theme", theme)
