"""The words of the European authority tables that a record may use, with the labels that those tables give them.

Source: publications.europa.eu, tables data-theme, file-type, frequency, language; data.europa.eu/bna for the
high-value categories of regulation (EU) 2023/138. A harvester finds a word's label in our own document or nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from anonymizers.times import Grain
from catalog.declaration import HighValue, Theme
from catalog.metadata.record import Texts

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
HIGH_VALUE_LAW: Final = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
HIGH_VALUE_SCHEME: Final = "http://data.europa.eu/bna/asd487ae75"
MEDIA_TYPES: Final = "http://www.iana.org/assignments/media-types"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a table: its address, its labels, the table."""

    iri: str
    labels: Texts
    scheme: str


def _theme(code: str, fr: str, en: str, de: str) -> Term:
    return Term(f"{AUTHORITY}/data-theme/{code}", {"fr": fr, "en": en, "de": de}, f"{AUTHORITY}/data-theme")


def _category(code: str, fr: str, en: str) -> Term:
    return Term(f"http://data.europa.eu/bna/{code}", {"fr": fr, "en": en}, HIGH_VALUE_SCHEME)


_ECON: Final = _theme("ECON", "Économie et finances", "Economy and finance", "Wirtschaft und Finanzen")
_EDUC: Final = _theme(
    "EDUC", "Éducation, culture et sport", "Education, culture and sport", "Bildung, Kultur und Sport"
)
_ENER: Final = _theme("ENER", "Énergie", "Energy", "Energie")
_ENVI: Final = _theme("ENVI", "Environnement", "Environment", "Umwelt")
_GOVE: Final = _theme(
    "GOVE", "Gouvernement et secteur public", "Government and public sector", "Regierung und öffentlicher Sektor"
)
_JUST: Final = _theme(
    "JUST",
    "Justice, système juridique et sécurité publique",
    "Justice, legal system and public safety",
    "Justiz, Rechtssystem und öffentliche Sicherheit",
)
_REGI: Final = _theme("REGI", "Régions et villes", "Regions and cities", "Regionen und Städte")
_SOCI: Final = _theme("SOCI", "Population et société", "Population and society", "Bevölkerung und Gesellschaft")
_TRAN: Final = _theme("TRAN", "Transports", "Transport", "Verkehr")

THEMES: Final[Mapping[Theme, Term]] = MappingProxyType(
    {
        Theme.WASTE: _ENVI,
        Theme.LIGHTING: _ENER,
        Theme.ENERGY: _ENER,
        Theme.TRAFFIC: _TRAN,
        Theme.SAFETY: _JUST,
        Theme.SOCIAL_ECONOMY: _ECON,
        Theme.MOBILITY: _TRAN,
        Theme.SHARING: _SOCI,
        Theme.BOOKING: _EDUC,
        Theme.REPORTS: _GOVE,
        Theme.ALERTS: _JUST,
        Theme.PLANNING: _REGI,
        Theme.ENVIRONMENT: _ENVI,
        Theme.PUBLIC_LIFE: _GOVE,
    }
)
"""Total over the declared themes; a test holds it."""

CATEGORIES: Final[Mapping[HighValue, Term]] = MappingProxyType(
    {
        HighValue.GEOSPATIAL: _category("c_ac64a52d", "Géospatiales", "Geospatial"),
        HighValue.MOBILITY: _category("c_b79e35eb", "Mobilité", "Mobility"),
        HighValue.ENVIRONMENT: _category(
            "c_dd313021", "Observation de la terre et environnement", "Earth observation and environment"
        ),
        HighValue.STATISTICS: _category("c_e1da4e07", "Statistiques", "Statistics"),
        HighValue.METEOROLOGY: _category("c_164e0bf5", "Météorologiques", "Meteorological"),
        HighValue.COMPANIES: _category(
            "c_a9135398", "Entreprises et propriété d’entreprises", "Companies and company ownership"
        ),
    }
)

FREQUENCIES: Final[Mapping[Grain, str]] = MappingProxyType(
    {
        Grain.HOUR: f"{AUTHORITY}/frequency/HOURLY",
        Grain.DAY: f"{AUTHORITY}/frequency/DAILY",
        Grain.WEEK: f"{AUTHORITY}/frequency/WEEKLY",
        Grain.MONTH: f"{AUTHORITY}/frequency/MONTHLY",
        Grain.QUARTER: f"{AUTHORITY}/frequency/QUARTERLY",
        Grain.YEAR: f"{AUTHORITY}/frequency/ANNUAL",
    }
)
RHYTHMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        words: f"{AUTHORITY}/frequency/{word}"
        for words, word in (
            ("chaque heure", "HOURLY"),
            ("toutes les heures", "HOURLY"),
            ("deux fois par jour", "DAILY_2"),
            ("chaque jour", "DAILY"),
            ("chaque semaine", "WEEKLY"),
            ("chaque mois", "MONTHLY"),
            ("chaque trimestre", "QUARTERLY"),
            ("chaque semestre", "ANNUAL_2"),
            ("chaque année", "ANNUAL"),
            ("tous les deux ans", "BIENNIAL"),
            ("tous les trois ans", "TRIENNIAL"),
            ("tous les cinq ans", "QUINQUENNIAL"),
        )
    }
)
"""The words of `frequence` that have a term of their own; any other words are said as they are, beside one."""
CONTINUAL: Final = f"{AUTHORITY}/frequency/UPDATE_CONT"
"""Of a live state."""
IRREGULAR: Final = f"{AUTHORITY}/frequency/IRREG"
"""Of what comes when the source delivers."""

LANGUAGES: Final[Texts] = MappingProxyType(
    {
        "fr": f"{AUTHORITY}/language/FRA",
        "en": f"{AUTHORITY}/language/ENG",
        "de": f"{AUTHORITY}/language/DEU",
        "lb": f"{AUTHORITY}/language/LTZ",
    }
)

FILE_TYPES: Final[Texts] = MappingProxyType(
    {
        "text/csv": f"{AUTHORITY}/file-type/CSV",
        "application/json": f"{AUTHORITY}/file-type/JSON",
        "application/geo+json": f"{AUTHORITY}/file-type/GEOJSON",
        "application/x-ndjson": f"{AUTHORITY}/file-type/JSON",
        "application/vnd.apache.parquet": f"{AUTHORITY}/file-type/PARQUET",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": f"{AUTHORITY}/file-type/XLSX",
        "application/geopackage+sqlite3": f"{AUTHORITY}/file-type/GPKG",
        "application/zip": f"{AUTHORITY}/file-type/ZIP",
    }
)
"""Media type → file type. NDJSON has no word of its own there: it is JSON."""
