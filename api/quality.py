"""The quality sheet of a dataset as data: its checks, its measures, its freshness, and how its versions were."""

from collections.abc import Sequence

from api.descriptions import fresh_plain
from api.links import Links
from catalog.freshness import Freshness
from catalog.proof import GateVerdict
from catalog.quality import Measures
from catalog.views import VersionView


def sheet(
    version: VersionView,
    *,
    gates: Sequence[GateVerdict],
    history: Sequence[tuple[VersionView, Measures]],
    freshness: Freshness,
    promised: str,
    links: Links,
) -> dict[str, object]:
    """Return the sheet; `history` begins with the version itself. No count of what came in or was refused."""
    return {
        "dataset": version.dataset,
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "checks": [
            {
                "gate": gate.gate,
                "passed": gate.passed,
                "checks": gate.public.get("checks"),
                "executor": gate.executor,
                "waived": gate.public.get("waived", []),
            }
            for gate in gates
        ],
        "measures": {**_measures(history[0][1]), "columns": dict(history[0][1].filled)},
        "freshness": fresh_plain(freshness, promised),
        "history": [
            {
                "version": each.number,
                "published_at": each.published_at.isoformat(),
                "url": links.version_page(each.dataset, each.number),
                **_measures(measures),
            }
            for each, measures in history
        ],
    }


def _measures(measures: Measures) -> dict[str, object]:
    return {
        "rows": measures.rows,
        "masked": measures.masked,
        "published": measures.published,
        "completeness": measures.completeness,
    }
