"""Absolute addresses of what is served, under the territory's own origin, and the Link headers made of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.shelf import Kept
from catalog.licences import LICENCES
from charter.vocabulary import Licence


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses under one origin."""

    origin: str

    def dataset(self, slug: str) -> str:
        """Return the dataset's own address: its IRI."""
        return f"{self.origin}/dataset/{slug}"

    def file(self, slug: str, name: str) -> str:
        """Return where the newest version of a file is."""
        return f"{self.origin}/dataset/{slug}/{name}"

    def version_file(self, slug: str, number: int, name: str) -> str:
        """Return where a version's file always is."""
        return f"{self.origin}/dataset/{slug}/versions/{number}/{name}"

    def version_page(self, slug: str, number: int) -> str:
        """Return where a version's page is."""
        return f"{self.origin}/dataset/{slug}/versions/{number}"

    def records(self, slug: str) -> str:
        """Return where its rows are asked for."""
        return f"{self.origin}/api/v1/datasets/{slug}/records"

    def of_file(self, kept: Kept, name: str) -> str:
        """Return the Link header of a file of a version: newest, former, next, description, licence."""
        slug = kept.dataset.slug
        targets = [(self.file(slug, name), "latest-version")]
        if kept.former is not None:
            targets.append((self.version_file(slug, kept.former, name), "predecessor-version"))
        if kept.later is not None:
            targets.append((self.version_file(slug, kept.later, name), "successor-version"))
        if name != "schema.json":
            targets.append((self.version_file(slug, kept.version.number, "schema.json"), "describedby"))
        targets.append((self.dataset(slug), "collection"))
        return header([*targets, *licence_link(kept.dataset.licence)])


def licence_link(licence: str) -> list[tuple[str, str]]:
    """Return the link to a licence's text; none for a dataset whose policy names none yet."""
    return [(LICENCES[Licence(licence)].url, "license")] if licence in {known.value for known in LICENCES} else []


def header(targets: Iterable[tuple[str, str]]) -> str:
    """Return a Link header (RFC 8288) of addresses and relations."""
    return ", ".join(f'<{address}>; rel="{relation}"' for address, relation in targets)
