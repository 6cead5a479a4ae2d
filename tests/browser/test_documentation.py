"""The documentation in a browser: one language at a time, for the dataset chosen, copied as it stands."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGE = "/docs/dechetteries-passages"


def test_a_reader_sees_his_own_language_and_copies_an_example(visitor: Visitor) -> None:
    visit = visitor(width=390)
    visit.go(PAGE)
    page = visit.page
    expect(page.locator("#filtrer-curl")).to_be_visible()
    expect(page.locator("#filtrer-python")).to_be_hidden()
    page.get_by_role("radio", name="Python").check()
    expect(page.locator("#filtrer-python")).to_be_visible()
    expect(page.locator("#filtrer-curl")).to_be_hidden()
    assert page.locator(".snippet:visible").count() == page.locator(".snippet.for-python").count()
    page.get_by_role("button", name="Copier : Filtrer, Python").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#filtrer-python").inner_text().strip()
    assert "/api/v1/datasets/dechetteries-passages/records" in copied
    assert visit.overflow() == 0


@pytest.mark.parametrize("script", [True, False])
def test_another_dataset_is_shown_in_the_language_that_was_chosen(visitor: Visitor, *, script: bool) -> None:
    visit = visitor(script=script)
    visit.go(PAGE)
    page = visit.page
    page.get_by_role("radio", name="DuckDB").check()
    page.get_by_label("Jeu de données").select_option("points-de-collecte")
    page.get_by_role("button", name="Montrer ses exemples").click()
    page.wait_for_url("**/docs?dataset=points-de-collecte&langage=duckdb")
    expect(page.locator("#fichiers-duckdb")).to_contain_text("/dataset/points-de-collecte/data.parquet")
    expect(page.locator("#fichiers-curl")).to_be_hidden()
