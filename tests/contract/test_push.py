"""`eclor push`: what an existing CKAN holds after one run, two runs, a run that was cut; what it never touches."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from catalog.registry import withdraw
from eclor.cli import app
from tests.ckan_site import TOKEN, CkanSite, running
from tests.serving import POINTS, SERIES, fill
from tests.unit.catalog.publish.released import Home, passages

ORIGIN = "https://data.example.org"
Push = Callable[..., Result]
MARK = {"key": "eclor_catalogue", "value": ORIGIN}


@pytest.fixture
def site() -> CkanSite:
    return CkanSite()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = fill(Home(tmp_path))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def push(site: CkanSite, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Push]:
    """Run the command on the home and the site, with the token in the environment."""
    monkeypatch.setenv("ECLOR_HOME", str(home.folder))
    monkeypatch.setenv("ECLOR_PUBLIC_URL", ORIGIN)
    monkeypatch.setenv("ECLOR_PUSH_TOKEN", TOKEN)
    with running(site) as address:
        yield lambda *more: CliRunner().invoke(app, ["push", "--to", address, *more])


def names(site: CkanSite, state: str = "active") -> set[str]:
    return {one["name"] for one in site.packages.values() if one["state"] == state}


def test_a_first_run_creates_all_and_a_second_writes_nothing(site: CkanSite, push: Push) -> None:
    first = push()
    assert first.exit_code == 0, first.output
    assert names(site) == {SERIES, POINTS}
    shown = site.package(SERIES)
    assert shown["organization"]["name"] in site.organizations
    assert [group["name"] for group in shown["groups"]] == ["dechets"]
    assert MARK in shown["extras"]
    assert shown["license_id"] == "other-open", "on this site a licence that its list lacks would not be open"
    csv = next(one for one in shown["resources"] if one["format"] == "CSV")
    assert (csv["url"], csv["mimetype"]) == (f"{ORIGIN}/dataset/{SERIES}/data.csv", "text/csv")
    assert csv["hash"].startswith("sha256:")
    site.writes.clear()
    second = push()
    assert (second.exit_code, site.writes) == (0, [])
    assert "0 créés, 0 mis à jour, 0 supprimés, 2 inchangés." in second.output


def test_a_new_version_changes_its_dataset_alone_and_resources_keep_their_identity(
    site: CkanSite, home: Home, push: Push
) -> None:
    push()
    shown = site.package(SERIES)
    before = {one["url"]: one["id"] for one in shown["resources"]}
    shown["extras"].append({"key": "plugin", "value": "kept"})
    home.clock.move(days=1)
    home.published(passages(home))
    site.writes.clear()
    assert push().exit_code == 0
    assert site.writes == [f"package_patch {SERIES}"]
    after = site.package(SERIES)
    assert after["version"] == "3"
    assert {one["url"]: one["id"] for one in after["resources"]} == before
    assert {"key": "plugin", "value": "kept"} in after["extras"]


def test_what_is_withdrawn_goes_first_with_the_copies_of_its_rows(site: CkanSite, home: Home, push: Push) -> None:
    push()
    copy = site.package(POINTS)["resources"][0]
    copy["datastore_active"] = True
    site.datastore.add(copy["id"])
    home.clock.move(days=1)
    home.published(passages(home))
    withdraw(home.catalog, POINTS, 1, reason="Erreur.", now=home.clock.now())
    site.writes.clear()
    assert push().exit_code == 0
    assert [write.split()[0] for write in site.writes] == ["datastore_delete", "package_delete", "package_patch"]
    assert (names(site), names(site, "deleted"), site.datastore) == ({SERIES}, {POINTS}, set())


def test_a_dataset_that_is_served_again_is_active_again(site: CkanSite, push: Push) -> None:
    push()
    site.package(POINTS)["state"] = "deleted"
    assert push().exit_code == 0
    assert names(site) == {SERIES, POINTS}


@pytest.mark.parametrize("after", range(4))
def test_a_run_that_is_cut_is_taken_up_by_the_next(site: CkanSite, push: Push, after: int) -> None:
    site.cut_after = after
    cut = push()
    assert (cut.exit_code, "push.unreachable" in cut.output) == (1, True)
    assert len(site.writes) == after
    site.cut_after = None
    assert push().exit_code == 0
    assert names(site) == {SERIES, POINTS}
    assert len(site.writes) == len(set(site.writes)) == 4


def test_what_came_from_elsewhere_is_never_touched(site: CkanSite, push: Push) -> None:
    push()
    others = [{"key": "eclor_catalogue", "value": "https://other.example.org"}]
    for package, extras in zip(site.packages.values(), ([], others), strict=True):
        package["extras"] = extras
    site.writes.clear()
    told = push()
    assert (told.exit_code, site.writes) == (1, [])
    assert told.output.count("push.name-taken") == 2


def test_a_dry_run_writes_nothing(site: CkanSite, push: Push) -> None:
    told = push("--dry-run")
    assert (told.exit_code, site.writes, site.packages) == (0, [], {})
    assert f"{SERIES} : créé." in told.output


def test_a_token_that_may_not_create_groups_goes_without(site: CkanSite, push: Push) -> None:
    site.no_groups = True
    assert push().exit_code == 0
    assert all(one["groups"] == [] for one in site.packages.values())
    site.writes.clear()
    assert (push().exit_code, site.writes) == (0, [])


def test_a_wrong_token_writes_nothing_and_is_never_shown(
    site: CkanSite, push: Push, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "token"
    file.write_text("un-autre-jeton\n")
    told = push("--token-file", str(file))
    assert (told.exit_code, site.packages) == (1, {})
    assert "push.not-allowed" in told.output
    assert "un-autre-jeton" not in told.output + caplog.text
    assert site.headers[-1]["Authorization"] == "un-autre-jeton"


def test_a_redirection_is_not_followed_and_an_address_is_one(
    site: CkanSite, push: Push, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.redirects = True
    assert "push.not-ckan" in push().output
    assert len(site.headers) == 1
    for address in ("ftp://x", "https://user:secret@x", "x"):
        refused = CliRunner().invoke(app, ["push", "--to", address])
        assert (refused.exit_code, "push.address" in refused.output, "secret" in refused.output) == (1, True, False)
    monkeypatch.setenv("ECLOR_PUSH_TOKEN", "")
    assert "push.no-token" in CliRunner().invoke(app, ["push", "--to", "https://x"]).output


@pytest.mark.parametrize("written", [b"", b"\xff\xfe", "jeton€".encode(), b"two\nlines"])
def test_a_token_that_no_header_takes_is_refused(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(written)
    refused = CliRunner().invoke(app, ["push", "--to", "http://127.0.0.1:9", "--token-file", str(file)])
    assert (refused.exit_code, "push.no-token" in refused.output) == (1, True)
