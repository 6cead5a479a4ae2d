"""The names of themes in the four languages of the pages; the Luxembourgish ones are ours."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from catalog.declaration import Theme


def _named(fr: str, en: str, de: str, lb: str) -> Mapping[str, str]:
    return MappingProxyType({"fr": fr, "en": en, "de": de, "lb": lb})


THEMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        Theme.WASTE: _named("Déchets", "Waste", "Abfall", "Offall"),
        Theme.LIGHTING: _named("Éclairage", "Lighting", "Beleuchtung", "Beliichtung"),
        Theme.ENERGY: _named("Énergie", "Energy", "Energie", "Energie"),
        Theme.TRAFFIC: _named("Trafic", "Traffic", "Verkehr", "Verkéier"),
        Theme.SAFETY: _named("Sécurité", "Safety", "Sicherheit", "Sécherheet"),
        Theme.SOCIAL_ECONOMY: _named(
            "Économie solidaire", "Social economy", "Solidarwirtschaft", "Solidaresch Wirtschaft"
        ),
        Theme.MOBILITY: _named("Mobilités", "Mobility", "Mobilität", "Mobilitéit"),
        Theme.SHARING: _named("Réemploi", "Reuse", "Wiederverwendung", "Weiderbenotzung"),
        Theme.BOOKING: _named("Réservations", "Bookings", "Reservierungen", "Reservatiounen"),
        Theme.REPORTS: _named("Signalements", "Problem reports", "Meldungen", "Meldungen"),
        Theme.ALERTS: _named("Alertes", "Alerts", "Warnungen", "Warnungen"),
        Theme.PLANNING: _named("Urbanisme", "Urban planning", "Stadtplanung", "Urbanismus"),
        Theme.ENVIRONMENT: _named("Environnement", "Environment", "Umwelt", "Ëmwelt"),
        Theme.PUBLIC_LIFE: _named("Vie publique", "Public life", "Öffentliches Leben", "Ëffentlecht Liewen"),
    }
)
