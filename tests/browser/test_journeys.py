"""What people do: find, read, download, sort, page, verify, follow; by keyboard, on a phone, without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.browser.territory import WAITING, WITHDRAWN_FOR, made, waiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
VISITS = "/dataset/dechetteries-passages"


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_resident_finds_a_dataset_and_downloads_it(visitor: Visitor, width: int, script: bool) -> None:
    visit = visitor(width=width, script=script)
    page = visit.page
    visit.go("/")
    page.get_by_label("Chercher une donnée").fill("déchèterie")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Fréquentation des déchèteries").click()
    expect(page.get_by_text("À jour")).to_be_visible()
    with page.expect_download() if script else page.expect_response("**/data.csv") as found:
        page.get_by_role("link", name="Télécharger le CSV").click()
    assert found.value is not None


def test_filters_have_counts_and_come_off_one_by_one(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    visit.go("/search")
    page.get_by_role("checkbox", name=re.compile(r"^Déchets 3")).check()
    page.get_by_role("checkbox", name=re.compile(r"^En direct")).check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 jeu")
    page.get_by_role("link", name="Retirer le filtre En direct").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 jeux")


def test_masked_rows_sort_last_both_ways_and_pages_follow(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    visit.go(VISITS)
    table = page.get_by_role("region", name="Tableau : Fréquentation des déchèteries")
    column = table.locator("tbody td:nth-child(4)")
    table.get_by_role("link", name="Foyers").click()
    assert column.first.inner_text() == "15"
    table.get_by_role("link", name="Foyers").click()
    assert column.first.inner_text().replace("\u202f", "") == "1500"
    expect(table.get_by_role("columnheader", name="Foyers")).to_have_attribute("aria-sort", "descending")
    for _ in range(5):
        page.get_by_role("link", name="Page suivante").click()
    assert column.all_inner_texts() == ["masqué"] * 12
    assert page.get_by_role("link", name="Page suivante").count() == 0


def test_the_api_line_asks_the_question_of_the_table(visitor: Visitor) -> None:
    visit = visitor()
    page = visit.page
    visit.go(VISITS)
    page.locator("select[name=site]").select_option("VIL")
    page.get_by_role("button", name="Filtrer le tableau").click()
    line = page.locator("#appel").inner_text()
    records = page.request.get(line.split("'")[1]).json()["records"]
    shown = page.get_by_role("region", name="Tableau : Fréquentation des déchèteries").locator("tbody tr")
    assert shown.count() == len(records) == 25
    assert {record["site"] for record in records} == {"VIL"}
    page.get_by_role("button", name="Copier l’appel API").click()
    expect(page.locator("#said")).to_have_text("Copié.")
    assert page.evaluate("navigator.clipboard.readText()") == line


def test_a_heat_table_hatches_what_is_masked_and_says_it(visitor: Visitor) -> None:
    visit = visitor(script=False)
    visit.go(VISITS)
    heat = visit.page.locator("table.heat")
    assert heat.locator("tbody tr").count() == 30
    masked = heat.locator("td.veiled")
    assert masked.count() == 15
    assert set(masked.all_inner_texts()) == {"masqué"}
    protection = visit.page.locator("#protection")
    expect(protection).to_contain_text(re.compile(r"15\s+cases masquées sur 137"))


def test_map_and_list_show_the_same_places(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/dataset/points-de-collecte")
    page = visit.page
    assert page.locator("svg.map use").count() == 40
    page.get_by_text("lieux en liste").click()
    assert page.locator("ul.places li").count() == 40
    expect(page.locator("#apercu .legend")).to_contain_text("Déchèterie 1")


def test_a_refused_dataset_says_that_the_charter_wins(visitor: Visitor) -> None:
    visit = visitor(width=360, script=False)
    assert visit.go("/dataset/prenoms") == 200
    main = visit.page.locator("main")
    expect(main).to_contain_text(re.compile(r"la charte l.a refusé"))
    expect(main).to_contain_text("11 personnes")
    expect(main).to_contain_text(re.compile(r"La charte du territoire l.emporte sur ce schéma"))
    assert visit.page.get_by_role("link", name="Télécharger").count() == 0


@pytest.mark.parametrize("path", ["", "/versions/1", "/versions/1/proof"])
def test_a_withdrawn_dataset_gives_its_reason_and_who_answers(visitor: Visitor, path: str) -> None:
    visit = visitor(script=False)
    assert visit.go(f"/dataset/equipements{path}") == 410
    main = visit.page.locator("main")
    expect(main).to_contain_text(WITHDRAWN_FOR)
    expect(main).to_contain_text("Rien ne peut plus en être téléchargé.")
    expect(main.get_by_role("link", name="equipements@exemple.invalid")).to_be_visible()
    assert visit.page.title().startswith("Équipements publics, retiré")


def test_a_silent_sensor_is_unknown_with_and_without_script(visitor: Visitor) -> None:
    for script in (False, True):
        visit = visitor(script=script)
        visit.go("/dataset/dechetteries-attente")
        silent = visit.page.locator(".tile").filter(has_text="Villerupt")
        expect(silent.locator(".value")).to_have_text("? inconnu")
        expect(visit.page.locator("#apercu")).not_to_contain_text("De 15 à 30 minutes")


def test_a_value_that_ages_past_its_limit_becomes_unknown_by_itself(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.clock.install()
    visit.go("/dataset/dechetteries-attente")
    seen = visit.page.locator(".tile").filter(has_text="Audun")
    expect(seen.locator(".value")).to_have_text("Moins de 5 minutes")
    visit.page.clock.fast_forward("16:00")
    expect(seen.locator(".value")).to_have_text("? inconnu")


def test_a_new_state_arrives_by_itself_and_is_said_once(visitor: Visitor, site: Site) -> None:
    visit = visitor()
    visit.go("/dataset/dechetteries-attente")
    tile = visit.page.locator(".tile").filter(has_text="Audun").locator(".value")
    expect(tile).not_to_have_text("Plus de 30 minutes")
    site.home.clock.instant += timedelta(minutes=6)
    now = site.home.clock.now()
    site.home.published(made(site.home, "dechetteries-attente", WAITING, waiting(now, first="30+")))
    expect(tile).to_have_text("Plus de 30 minutes", timeout=8000)
    expect(visit.page.locator("#said")).to_have_text("L’affichage vient d’être mis à jour.")


def test_an_alert_that_is_over_is_not_in_force(visitor: Visitor) -> None:
    visit = visitor(script=False)
    visit.go("/dataset/alertes")
    shown = visit.page.locator("#apercu .alert")
    assert [re.split(r"\n", text)[0].strip() for text in shown.all_inner_texts()] == [
        "Gravité\u00a0: grave",
        "Terminée",
    ]


def test_the_whole_page_is_reached_by_keyboard_and_the_menu_gives_the_focus_back(visitor: Visitor) -> None:
    visit = visitor(width=360)
    page = visit.page
    visit.go(VISITS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    menu = page.locator("details.menu > summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("Parquet"))).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("Parquet"))).to_be_hidden()


def test_focus_is_seen_wherever_it_goes(visitor: Visitor) -> None:
    visit = visitor()
    visit.go("/")
    seen = 0
    for _ in range(14):
        visit.page.keyboard.press("Tab")
        style = visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        seen += style == "solid"
    assert seen == 14


def test_a_file_is_verified_on_the_reader_s_own_device(visitor: Visitor) -> None:
    visit = visitor()
    visit.go(f"{VISITS}/versions/2/proof")
    visit.page.get_by_role("button", name="Vérifier le CSV sur mon appareil").click()
    expect(visit.page.locator("#verdict")).to_contain_text("a bien l’empreinte")
    visit.page.evaluate("document.querySelector('[data-verify]').dataset.digest = '0'.repeat(64)")
    visit.page.get_by_role("button", name="Vérifier le CSV sur mon appareil").click()
    expect(visit.page.locator("#verdict")).to_contain_text("n’a pas l’empreinte")


def test_a_search_without_answer_says_what_to_try(visitor: Visitor) -> None:
    visit = visitor(script=False)
    visit.go("/search?q=piscine")
    expect(visit.page.locator("main")).to_contain_text(re.compile(r"Aucun jeu ne parle de «\s*piscine\s*»"))
    visit.page.get_by_role("link", name="tous les jeux", exact=True).first.click()
    assert visit.page.locator("article").count() == 7


def test_print_keeps_the_word_and_leaves_the_navigation(visitor: Visitor) -> None:
    visit = visitor()
    visit.go(VISITS)
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_role("navigation", name="Navigation principale")).to_be_hidden()
    expect(visit.page.locator("td.veiled span").first).to_be_visible()
