"""Feeds, sitemap, robots and OpenSearch: what they list, what they keep, what they leave out."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from api.routes import discovery
from api.sitemap import Located, index, parts_of, urlset
from catalog.database import writing
from catalog.models import VersionRow
from catalog.registry import withdraw
from tests.serving import IN_ORDER, POINTS, SERIES, fill, live
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import Home

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("changing")))
    yield made
    made.catalog.engine.dispose()


def read(client: TestClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200
    return fromstring(answer.content)


def texts(root: Element, path: str) -> list[str]:
    return [found.text or "" for found in root.iterfind(path)]


def test_the_catalogue_s_feed_has_every_version_newest_first(client: TestClient) -> None:
    feed = read(client, "/feed.atom")
    pages = [link.attrib["href"] for link in feed.iterfind(f"{ATOM}entry/{ATOM}link[@rel='alternate']")]
    assert pages == [
        f"{ORIGIN}/dataset/{path}" for path in (f"{SERIES}/versions/2", f"{POINTS}/versions/1", f"{SERIES}/versions/1")
    ]
    assert texts(feed, f"{ATOM}updated") == [max(texts(feed, f"{ATOM}entry/{ATOM}updated"))]
    (csv,) = [
        link
        for link in feed.iterfind(f"{ATOM}entry/{ATOM}link[@rel='enclosure']")
        if SERIES in link.attrib["href"] and "/2/" in link.attrib["href"]
    ]
    assert int(csv.attrib["length"]) == len(
        client.get(csv.attrib["href"], headers={"Accept-Encoding": "identity"}).content
    )


def test_an_entry_keeps_its_name_wherever_it_is_read(client: TestClient, home: Home) -> None:
    ids = texts(read(client, "/feed.atom"), f"{ATOM}entry/{ATOM}id")
    assert len(set(ids)) == len(ids) == 3
    own = texts(read(client, f"/dataset/{SERIES}/feed.atom"), f"{ATOM}entry/{ATOM}id")
    assert own == [ids[0], ids[2]]
    assert all(name.startswith("urn:uuid:") for name in ids)
    del home


@pytest.mark.parametrize(
    "path", ["/feed.atom", f"/dataset/{SERIES}/feed.atom", "/sitemap.xml", "/opensearch.xml", "/robots.txt"]
)
def test_who_has_it_is_told_so(client: TestClient, path: str) -> None:
    first, head = client.get(path), client.head(path)
    assert (head.headers, head.content) == (first.headers, b"")
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_dataset_has_no_feed(client: TestClient) -> None:
    assert client.get("/dataset/nothing/feed.atom").status_code == 404


def test_a_withdrawn_version_says_so_in_its_dataset_s_feed_and_leaves_the_catalogue_s(changing: Home) -> None:
    with client_on(changing.folder) as client:
        before = read(client, f"/dataset/{SERIES}/feed.atom")
    changing.clock.move(hours=1)
    withdraw(changing.catalog, SERIES, 1, reason="Une date était fausse.", now=changing.clock.now())
    with client_on(changing.folder) as client:
        feed, all_news = read(client, f"/dataset/{SERIES}/feed.atom"), read(client, "/feed.atom")
        shown = client.get("/feed.atom").text
    assert texts(feed, f"{ATOM}entry/{ATOM}id") == texts(before, f"{ATOM}entry/{ATOM}id")
    gone = feed.findall(f"{ATOM}entry")[1]
    assert texts(gone, f"{ATOM}summary") == ["Une date était fausse."]
    assert [link.attrib["rel"] for link in gone.iterfind(f"{ATOM}link")] == ["alternate"]
    assert texts(gone, f"{ATOM}updated") > texts(gone, f"{ATOM}published")
    assert len(all_news.findall(f"{ATOM}entry")) == 2
    assert f"{SERIES}/versions/1" not in shown
    assert texts(all_news, f"{ATOM}updated") == texts(gone, f"{ATOM}updated")


def test_what_the_calendar_ended_is_no_news_though_nobody_wrote_it_down(tmp_path: Path) -> None:
    home = fill(Home(tmp_path))
    with writing(home.catalog.engine) as session:
        row = session.exec(select(VersionRow).where(VersionRow.dataset == SERIES, VersionRow.number == 1)).one()
        row.served_until, row.until_reason = home.clock.now(), "La dérogation est terminée."
        session.add(row)
    with client_on(tmp_path) as client:
        assert f"{SERIES}/versions/1" not in client.get("/feed.atom").text
        gone = read(client, f"/dataset/{SERIES}/feed.atom").findall(f"{ATOM}entry")[1]
    assert texts(gone, f"{ATOM}summary") == ["La dérogation est terminée."]
    home.catalog.engine.dispose()


def test_a_live_dataset_is_one_entry_of_the_catalogue_s_feed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for rows in (IN_ORDER[:3], IN_ORDER[:4], IN_ORDER[:5]):
        home.published(live(home, rows))
        home.clock.move(minutes=10)
    with client_on(tmp_path) as client:
        assert len(read(client, "/feed.atom").findall(f"{ATOM}entry")) == 1
        assert len(read(client, f"/dataset/{SERIES}/feed.atom").findall(f"{ATOM}entry")) == 3
    home.catalog.engine.dispose()


def test_a_sitemap_has_the_pages_that_answer_each_with_a_true_date(client: TestClient) -> None:
    root = read(client, "/sitemap.xml")
    for page in texts(root, f"{MAP}url/{MAP}loc"):
        assert client.get(page, headers={"Accept": "text/html"}).status_code == 200, page
    dated = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root}
    news = read(client, f"/dataset/{SERIES}/feed.atom")
    assert dated[f"{ORIGIN}/dataset/{SERIES}"] == news.findtext(f"{ATOM}updated")
    assert dated[f"{ORIGIN}/charter"] is None


def test_many_pages_make_an_index_of_files(client: TestClient) -> None:
    pages = [Located(f"{ORIGIN}/{number}") for number in range(5)]
    files = parts_of(pages, 2)
    assert [len(file) for file in files] == [2, 2, 1]
    assert parts_of([]) == [[]]
    assert [url.findtext(f"{MAP}loc") for url in fromstring(urlset(files[2]))] == [f"{ORIGIN}/4"]
    assert fromstring(index(files[0])).tag == f"{MAP}sitemapindex"
    assert client.get("/sitemap-1.xml").content == client.get("/sitemap.xml").content
    for number in ("2", "0", "01", "x"):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_files_of_an_index_hold_every_page_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with client_on(home.folder) as client:
        pages = texts(read(client, "/sitemap.xml"), f"{MAP}url/{MAP}loc")
    monkeypatch.setattr(discovery, "MOST", 3)
    with client_on(home.folder) as client:
        files = texts(read(client, "/sitemap.xml"), f"{MAP}sitemap/{MAP}loc")
        assert len(files) == -(-len(pages) // 3)
        found = [texts(read(client, file), f"{MAP}url/{MAP}loc") for file in files]
    assert [page for file in found for page in file] == pages


def test_robots_are_let_in_and_told_of_the_sitemap(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_a_browser_may_add_the_search(client: TestClient) -> None:
    root = read(client, "/opensearch.xml")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert 0 < len(root.findtext(f"{space}ShortName") or "") <= 16
    for url in root.iterfind(f"{space}Url"):
        found = client.get(url.attrib["template"].replace("{searchTerms}", "passages"))
        assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, url.attrib["type"])
    linked = client.get("/", headers={"Accept": "text/html"}).text
    assert '<link rel="search" type="application/opensearchdescription+xml"' in linked
