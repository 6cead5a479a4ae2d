"""What holds of every page: its status, its title, no fault of access, nothing sideways, on a phone and a desk."""

from itertools import pairwise

import pytest

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
VISITS = "/dataset/dechetteries-passages"
POINTS = "/ogc/collections/points-de-collecte"
PAGES = {
    "/": (200, "ouvertes et protégées"),
    "/search?q=dechet": (200, "3 jeux pour « dechet »"),
    "/search?q=piscine": (200, "0 jeu pour « piscine »"),
    "/charter": (200, "Que fait le territoire de vos données ?"),
    "/charter/journal": (200, "Journal public"),
    "/charter/registre": (200, "Registre des traitements"),
    f"{VISITS}/notice": (200, "Notice : Fréquentation des déchetteries"),
    "/dataset/equipements/notice": (410, "Ces données sont retirées"),
    "/docs": (200, "Obtenir des lignes"),
    "/docs/points-de-collecte?langage=python": (200, "Obtenir des lignes"),
    VISITS: (200, "Fréquentation des déchèteries"),
    "/dataset/points-de-collecte": (200, "Déchèteries et points de collecte"),
    "/dataset/eclairage-telemetrie": (200, "Consommation de l’éclairage public"),
    "/dataset/dechetteries-attente": (200, "Attente en déchèterie"),
    "/dataset/alertes": (200, "Alertes météo et route"),
    "/dataset/prenoms": (200, "Prénoms des nouveau-nés"),
    f"{VISITS}/versions/1": (200, "Fréquentation des déchèteries, version 1"),
    f"{VISITS}/versions/2/proof": (200, "Preuve de la version 2"),
    "/ogc": (200, "données ouvertes (OGC API)"),
    "/ogc/api": (200, "Adresses et paramètres"),
    "/ogc/collections": (200, "Collections"),
    POINTS: (200, "Déchèteries et points de collecte"),
    f"{POINTS}/queryables": (200, "Propriétés : Déchèteries et points de collecte"),
    f"{POINTS}/items?limit=2": (200, "Déchèteries et points de collecte"),
    "/ogc/collections/jeux_de_donnees/items/points-de-collecte": (200, "Jeux de données : points-de-collecte"),
    f"{POINTS}/items?unknown=1": (400, "Cette demande n’est pas comprise"),
    "/dataset/equipements": (410, "Équipements publics"),
    "/dataset/piscine": (404, "Il n’y a rien à cette adresse"),
}
ASTRAY = """() => {
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id)
    const asked = [...document.querySelectorAll('[href^="#"]')].map((one) => one.getAttribute('href').slice(1))
    return [...ids.filter((id, rank) => ids.indexOf(id) !== rank), ...asked.filter((id) => !ids.includes(id))]
}"""
"""Names that two elements bear, and links within the page that lead nowhere."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_state_and_has_no_fault_of_access(visitor: Visitor, path: str) -> None:
    status, heading = PAGES[path]
    narrow = visitor(width=320)
    assert narrow.go(path) == status
    headings = [plain(text) for text in narrow.page.locator("h1").all_inner_texts()]
    assert len(headings) == 1
    assert heading in headings[0]
    assert narrow.overflow() == 0
    assert narrow.faults() == []
    assert narrow.page.evaluate(ASTRAY) == []
    dark = visitor(theme="dark")
    dark.go(path)
    assert dark.overflow() == 0
    assert dark.faults() == []


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("path", ["/", VISITS, "/docs"])
def test_a_first_visit_stays_under_its_weight(visitor: Visitor, path: str) -> None:
    visit = visitor()
    received: list[int] = []
    visit.page.on("requestfinished", lambda one: received.append(one.sizes()["responseBodySize"]))
    visit.go(path)
    visit.page.wait_for_load_state("networkidle")
    assert sum(received) <= 90_000
    assert len(received) <= 8


def test_the_charter_goes_by_domain_and_folds_what_few_read(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/charter")
    headings = visit.page.locator("main h2").all_inner_texts()
    assert headings[:4] == ["Déchets", "Éclairage", "Alertes", "Vie publique"]
    waste = visit.page.locator("details.domain", has=visit.page.locator("#domaine-dechets"))
    assert not waste.get_by_role("article").first.is_visible()
    waste.locator("summary").first.click()
    assert waste.locator("h3").all_inner_texts() == [
        "Attente en déchèterie",
        "Fréquentation des déchèteries",
        "Déchèteries et points de collecte",
    ]
    kept = waste.get_by_text("Données d’origine").first
    assert not kept.is_visible()
    assert visit.page.locator("details.domain[open]").count() == 1
    waste.get_by_text("Durées, droits et signatures").first.click()
    assert kept.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_a_chapter_of_the_charter_opens_its_domain(visitor: Visitor, *, script: bool) -> None:
    visit = visitor(width=390, script=script)
    visit.go("/charter#dechetteries-passages")
    visit.page.locator("#dechetteries-passages h3").wait_for(state="visible")
    assert visit.page.locator("#dechetteries-passages").evaluate("one => one.getBoundingClientRect().top") < 800


def test_on_a_desk_nothing_of_a_dataset_waits_for_what_stands_beside_it(visitor: Visitor) -> None:
    visit = visitor(width=1280)
    visit.go(VISITS)
    ends = "one => one.getBoundingClientRect().bottom"
    begins = "one => one.getBoundingClientRect().top"
    column = ("#apercu", "#tableau", "#api", "#qualite", "#colonnes")
    gaps = [
        visit.page.locator(below).evaluate(begins) - visit.page.locator(above).evaluate(ends)
        for above, below in pairwise(column)
    ]
    assert max(gaps) <= 32, gaps
    visit = visitor(width=390)
    visit.go(VISITS)
    tops = [
        visit.page.locator(one).evaluate(begins) for one in ("#apercu", "#protection", "#tableau", "#versions", "#api")
    ]
    assert tops == sorted(tops)


def test_a_short_page_ends_at_the_foot_of_the_window(visitor: Visitor) -> None:
    visit = visitor(width=1280)
    assert visit.go("/nothing-here") == 404
    assert visit.page.locator("footer").evaluate("one => one.getBoundingClientRect().bottom") >= 799
    visit.page.get_by_label("Chercher une donnée").fill("déchèterie")
    visit.page.get_by_role("button", name="Chercher").click()
    assert plain(visit.page.get_by_role("heading", level=1).inner_text()).endswith("« déchèterie »")
