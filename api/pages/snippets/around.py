"""Examples around a dataset: how it is found, described, followed."""

from collections.abc import Iterable

from api.pages.snippets.example import Example
from api.pages.snippets.snippet import Language, Snippet, double, shell


def catalogue(of: Example) -> Iterable[Snippet]:
    """Find datasets, and read the catalogue as harvesters do."""
    listed, search = f"{of.origin}/api/v1/datasets?state=served", f"{of.origin}/api/v1/search"
    yield Snippet(
        Language.CURL,
        "# chercher par mots, en quatre langues\n"
        f"curl -sS -G {shell(search)} --data-urlencode {shell('q=' + of.title)}\n\n"
        "# tout le catalogue, pour un moissonneur ; aussi .jsonld et .rdf\n"
        f"curl -sS {shell(of.origin + '/catalog.ttl')}\n\n"
        "# un jeu, par négociation, puis ce qui en est nouveau\n"
        f"curl -sS -H 'Accept: text/turtle' {shell(of.dataset)}\n"
        f"curl -sS {shell(of.dataset + '/feed.atom')}",
    )
    yield Snippet(
        Language.PYTHON,
        f'import httpx\n\ntrouve = httpx.get({double(search)}, params={{"q": {double(of.title)}}})\n'
        'for jeu in trouve.raise_for_status().json()["datasets"]:\n    print(jeu["slug"], jeu["title"], jeu["url"])',
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const question = new URLSearchParams({{ q: {double(of.title)} }});\n"
        f"const {{ datasets }} = await (await fetch(`{search}?${{question}}`)).json();\n"
        "console.table(datasets.map(({ slug, title }) => ({ slug, title })));",
    )
    yield Snippet(
        Language.R,
        f'jeux <- jsonlite::fromJSON({double(listed)})$datasets\njeux[, c("slug", "title")]',
        'install.packages("jsonlite")',
    )


def descriptions(of: Example) -> Iterable[Snippet]:
    """Read what describes a dataset, in the standard that one's tools know."""
    names = ("datapackage.json", "schema.json", "csvw.json", "croissant.json")
    yield Snippet(Language.CURL, "\n".join(f"curl -sS {shell(f'{of.dataset}/{file}')}" for file in names))
    yield Snippet(
        Language.PYTHON,
        f"from frictionless import Package\n\nprint(Package({double(f'{of.dataset}/datapackage.json')}))",
        "pip install frictionless",
    )
