"""Examples with rows: filter, sort, group, follow the pages."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from api.pages.snippets.example import Example
from api.pages.snippets.snippet import Language, Snippet, double, name, shell, sql

Pairs = Sequence[tuple[str, str]]


def filtered(of: Example) -> Iterable[Snippet]:
    """Ask for the rows of one value."""
    yield from _asked(of, [(of.column, of.value), ("limit", "3")])
    yield Snippet(
        Language.DUCKDB,
        f"SELECT *\nFROM read_parquet({_parquet(of)})\nWHERE {name(of.column)} = {sql(of.value)}\nLIMIT 3;",
    )


def sorted_rows(of: Example) -> Iterable[Snippet]:
    """Ask for two columns, the greatest first; masked cells come last both ways."""
    chosen = [*dict.fromkeys((of.column, of.sorted))]
    yield from _asked(of, [("select", ",".join(chosen)), ("sort", f"-{of.sorted}"), ("limit", "3")])
    yield Snippet(
        Language.DUCKDB,
        f"SELECT {', '.join(map(name, chosen))}\nFROM read_parquet({_parquet(of)})\n"
        f"ORDER BY {name(of.sorted)} DESC NULLS LAST\nLIMIT 3;",
    )


def grouped(of: Example) -> Iterable[Snippet]:
    """Ask for one line a value: how many rows, and the sum where there is something to add up."""
    aggregates = ["count", *([f"sum({of.measure})"] if of.measure else [])]
    pairs = [("group", of.column), ("aggregate", ",".join(aggregates)), ("sort", "-count"), ("limit", "5")]
    yield from _asked(of, [*_without_totals(of), *pairs])
    reckoned = ["count(*) AS lignes", *([f"sum({name(of.measure)}) AS total"] if of.measure else [])]
    yield Snippet(
        Language.DUCKDB,
        f"SELECT {name(of.column)}, {', '.join(reckoned)}\nFROM read_parquet({_parquet(of)})\n{_where(of)}"
        "GROUP BY 1\nORDER BY lignes DESC\nLIMIT 5;",
    )


def _without_totals(of: Example) -> Pairs:
    """Leave out what is added up already, in the words of the records API."""
    return [
        (f"{column}__ne", values[0]) if len(values) == 1 else (f"{column}__notin", ",".join(values))
        for column, values in of.totals.items()
    ]


def _where(of: Example) -> str:
    """Leave out what is added up already, in SQL."""
    kept = [f"{name(column)} NOT IN ({', '.join(map(sql, values))})" for column, values in of.totals.items()]
    return f"WHERE {' AND '.join(kept)}\n" if kept else ""


def paged(of: Example) -> Iterable[Snippet]:
    """Read every row, page after page or as one stream."""
    first, stream = f"{of.records}?limit=1000", f"{of.records}?limit=all&format=csv"
    yield Snippet(
        Language.CURL,
        "# page après page : « next » donne l'adresse de la suite\n"
        f"curl -sS {shell(first)}\n\n# ou tout d'un trait\ncurl -sS {shell(stream)} -o lignes.csv",
    )
    yield Snippet(
        Language.PYTHON,
        f"import httpx\n\nadresse, lignes = {double(first)}, []\nwith httpx.Client() as client:\n"
        "    while adresse:\n        page = client.get(adresse).raise_for_status().json()\n"
        '        lignes += page["records"]\n        adresse = page["next"]\nprint(len(lignes))',
    )
    yield Snippet(Language.PANDAS, f"import pandas\n\nlignes = pandas.read_csv({double(stream)})\nprint(len(lignes))")
    yield Snippet(
        Language.JAVASCRIPT,
        f"let adresse = {double(first)};\nconst lignes = [];\nwhile (adresse) {{\n"
        "  const page = await (await fetch(adresse)).json();\n  lignes.push(...page.records);\n"
        "  adresse = page.next;\n}\nconsole.log(lignes.length);",
    )
    yield Snippet(
        Language.R,
        f"library(httr2)\n\nadresse <- {double(first)}\npages <- list()\nwhile (!is.null(adresse)) {{\n"
        "  page <- request(adresse) |> req_perform() |> resp_body_json(simplifyVector = TRUE)\n"
        "  pages <- c(pages, list(page$records))\n  adresse <- page$`next`\n}\nlignes <- do.call(rbind, pages)",
    )
    yield Snippet(Language.DUCKDB, f"SELECT count(*)\nFROM read_parquet({_parquet(of)});")


def _asked(of: Example, pairs: Pairs) -> Iterable[Snippet]:
    """Ask the same question in each language that asks by an address."""
    yield Snippet(
        Language.CURL, f"curl -sS -G {shell(of.records)}" + "".join(f" \\\n  {_given(pair)}" for pair in pairs)
    )
    listed = ", ".join(f"{double(key)}: {double(value)}" for key, value in pairs)
    yield Snippet(
        Language.PYTHON,
        f"import httpx\n\nreponse = httpx.get(\n    {double(of.records)},\n    params={{{listed}}},\n)\n"
        "reponse.raise_for_status()\n"
        'for ligne in reponse.json()["records"]:\n    print(ligne)',
    )
    csv = f"{of.records}?{urlencode([*pairs, ('format', 'csv')])}"
    yield Snippet(Language.PANDAS, f"import pandas\n\nprint(pandas.read_csv({double(csv)}))")
    yield Snippet(
        Language.JAVASCRIPT,
        f"const question = new URLSearchParams({{ {listed} }});\n"
        f"const reponse = await fetch(`{of.records}?${{question}}`);\n"
        "const { records } = await reponse.json();\nconsole.table(records);",
    )
    named = ", ".join(f"{_r_name(key)} = {double(value)}" for key, value in pairs)
    yield Snippet(
        Language.R,
        f"library(httr2)\n\nlignes <- request({double(of.records)}) |>\n  req_url_query({named}) |>\n"
        '  req_perform() |>\n  resp_body_json(simplifyVector = TRUE) |>\n  getElement("records")',
        'install.packages("httr2")',
    )


def _given(pair: tuple[str, str]) -> str:
    """Return a parameter of curl, encoded by it where its value may hold anything."""
    key, value = pair
    plain = value.isascii() and value.replace("_", "").replace("-", "").replace(",", "").isalnum()
    return f"{'-d' if plain else '--data-urlencode'} {shell(f'{key}={value}')}"


def _r_name(text: str) -> str:
    return text if text.isidentifier() and not text.startswith("_") else f"`{text}`"


def _parquet(of: Example) -> str:
    return sql(f"{of.dataset}/data.parquet")
