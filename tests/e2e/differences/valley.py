"""A valley of two sites: visits by site and day, revised when rows come late; and the same visits by day alone."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from catalog.database import reading
from catalog.reading import current_version
from eclor.names import Slug
from tests.e2e.faults.town import CHARTER, Town, counts, put
from tests.e2e.faults.town import HERE as TOWN

SITES = Slug("passages")
TOTALS = Slug("passages-ensemble")
OPENING = datetime(2026, 11, 24, 12, tzinfo=UTC)

_FLOW = """\
  - jeu: passages-ensemble
    protocole: csv
    acces: depot
    adresse: "{ensemble}"
    toutes_les: 10 minutes
    options: {delimiteur: ",", encodage: utf-8}
    colonnes:
      - {nom: badge, chemin: badge, type: code}
      - {nom: horodatage, chemin: horodatage, type: date-heure}
"""
_ENTRY = """\
  - jeu: passages-ensemble
    source: barrieres
    colonnes:
      - {nom: badge, categorie: foyer}
      - {nom: horodatage, categorie: temps}
"""
OWN = "{comparer_a: [passages], tardifs: geler}"
BOTH = "{comparer_a: [passages, passages-ensemble], tardifs: reviser}"
_SITE_FIELD = """\
  - nom: site
    type: code
    categorie: lieu
    usage: technique
    traitement: {operation: agreger}
"""
_SITE_COLUMN = """\
  - nom: site
    titre: {fr: Site, en: Site}
    contraintes: {obligatoire: oui, motif: "[A-Z]{3}"}
"""


def settle(folder: Path) -> Path:
    """Write the territory and its empty drop folders; return it."""
    territory = folder / "territory"
    shutil.copytree(TOWN / "territory", territory)
    for name in ("charte-socle.yaml", "roles.yaml"):
        shutil.copy(CHARTER / name, territory / "charter" / name)
    for slug, source in (("bancs", "mobilier"), ("lampes", "plateforme"), ("conteneurs", "courtier")):
        for gone in (f"politiques/{slug}", f"datasets/{slug}", f"sources/{source}"):
            (territory / f"{gone}.yaml").unlink()
    for name in (SITES, TOTALS):
        (folder / name).mkdir()
    _rewrite(territory / "charter" / "catalogue.yaml", {"  - jeu: passages\n": f"{_ENTRY}  - jeu: passages\n"})
    flows = {"{passages}": str(folder / SITES)}
    _rewrite(territory / "sources" / "barrieres.yaml", flows, more=_FLOW.replace("{ensemble}", str(folder / TOTALS)))
    policy, dataset = (territory / kind / "passages.yaml" for kind in ("politiques", "datasets"))
    sister = {
        "jeu: passages\n": "jeu: passages-ensemble\n",
        "[site, horodatage]": "[horodatage]",
        "perte_max_pourcent: 40": "perte_max_pourcent: 60",
        _SITE_FIELD: "",
        _SITE_COLUMN: "",
        "colonnes: site, ": "",
    }
    for file in (policy, dataset):
        _rewrite(file, sister, into=file.with_name(f"{TOTALS}.yaml"))
    for file in (policy, policy.with_name(f"{TOTALS}.yaml")):
        _rewrite(file, {OWN: BOTH})
    return territory


def _rewrite(file: Path, changes: Mapping[str, str], *, more: str = "", into: Path | None = None) -> None:
    text = file.read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    (into or file).write_text(text + more, "utf-8")


def drop(folder: Path, slug: Slug, name: str, day: datetime, badges: Mapping[str, Iterable[int]]) -> None:
    """Drop a file of one visit of each badge at each site on a day; the sister's file does not say where.

    Badges of two sites are those of other households.
    """
    lines = [
        f"B{site}{badge:06d},{site},{day:%Y-%m-%d}T{9 + badge % 8:02d}:00:00+01:00"
        for site, coming in badges.items()
        for badge in coming
    ]
    header = "badge,site,horodatage"
    if slug == TOTALS:
        header, lines = "badge,horodatage", [",".join(line.split(",")[::2]) for line in lines]
    put(folder / slug, name, "\n".join([header, *lines, ""]).encode(), at=day + timedelta(days=1))


def shown(town: Town, slug: Slug) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the cells of the newest version: key to visits, households and status."""
    with reading(town.house.catalog.engine) as session:
        current = current_version(session, slug)
    assert current is not None
    return counts((town.folder(slug, current.number) / "data.csv").read_bytes())
