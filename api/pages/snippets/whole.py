"""Examples with whole files: the newest one, one that never changes, a part of it."""

from collections.abc import Iterable

from api.pages.snippets.example import Example
from api.pages.snippets.snippet import Language, Snippet, double, shell, sql


def files(of: Example) -> Iterable[Snippet]:
    """Read the newest file whole."""
    csv, parquet = f"{of.dataset}/data.csv", f"{of.dataset}/data.parquet"
    yield Snippet(Language.CURL, f"curl -sS {shell(csv)} \\\n  -o {shell(of.slug + '.csv')}")
    yield Snippet(
        Language.PYTHON,
        "import httpx\n\n"
        f"reponse = httpx.get({double(of.dataset + '/data.json')})\n"
        "reponse.raise_for_status()\n"
        "lignes = reponse.json()\n"
        "print(len(lignes), lignes[0])",
        "pip install httpx",
    )
    yield Snippet(
        Language.PANDAS,
        f"import pandas\n\nlignes = pandas.read_csv({double(csv)}{_texts_kept(of)})\nprint(lignes.head())",
        "pip install pandas",
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const reponse = await fetch({double(of.dataset + '/data.json')});\n"
        "const lignes = await reponse.json();\n"
        "console.log(lignes.length, lignes[0]);",
    )
    kept = ", ".join(f'{column} = "c"' for column in of.codes)
    yield Snippet(
        Language.R,
        "library(readr)\n\n"
        f"lignes <- read_csv({double(csv)}" + (f", col_types = cols({kept})" if kept else "") + ")\nhead(lignes)",
        'install.packages("readr")',
    )
    yield Snippet(Language.DUCKDB, f"SELECT *\nFROM read_parquet({sql(parquet)})\nLIMIT 3;")


def versions(of: Example) -> Iterable[Snippet]:
    """Read a version, whose bytes never change, and ask whether there is a newer one."""
    csv, newest = f"{of.version}/data.csv", f"{of.dataset}/data.csv"
    yield Snippet(
        Language.CURL,
        f"curl -sS {shell(csv)} -o {shell(of.slug + '.csv')}\n\n"
        "# ce qui n'a pas changé ne se télécharge pas deux fois : 304 au second appel\n"
        f"curl -sS {shell(newest)} --etag-save etag.txt -o {shell(of.slug + '.csv')}\n"
        f"curl -sS {shell(newest)} --etag-compare etag.txt -o suite.csv -w '%{{http_code}}\\n'",
    )
    yield Snippet(
        Language.PYTHON,
        "import hashlib\n\nimport httpx\n\n"
        f"fiche = httpx.get({double(f'{of.origin}/api/v1/datasets/{of.slug}')}).json()\n"
        'csv = next(f for f in fiche["version"]["files"] if f["name"] == "data.csv")\n'
        'octets = httpx.get(csv["url"]).content\n'
        'assert hashlib.sha256(octets).hexdigest() == csv["sha256"]\n'
        'print(fiche["version"]["number"], len(octets))',
    )
    yield Snippet(
        Language.PANDAS,
        f"import pandas\n\nlignes = pandas.read_csv({double(csv)}{_texts_kept(of)})\nprint(len(lignes))",
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const premiere = await fetch({double(of.dataset + '/data.json')});\n"
        'const etag = premiere.headers.get("etag");\n'
        f"const seconde = await fetch({double(of.dataset + '/data.json')}, {{\n"
        '  headers: { "If-None-Match": etag },\n'
        '  cache: "no-store",\n'
        "});\nconsole.log(seconde.status); // 304 si rien n'a changé",
    )
    yield Snippet(Language.R, f"lignes <- readr::read_csv({double(csv)})\nnrow(lignes)")
    yield Snippet(Language.DUCKDB, f"SELECT count(*)\nFROM read_parquet({sql(of.version + '/data.parquet')});")


def ranges(of: Example) -> Iterable[Snippet]:
    """Read a part of a file: what DuckDB, Arrow and polars do by themselves."""
    csv, parquet = f"{of.version}/data.csv", f"{of.version}/data.parquet"
    yield Snippet(Language.CURL, f"curl -sS {shell(csv)} -r 0-199")
    yield Snippet(
        Language.PYTHON,
        "import httpx\n\n"
        f'debut = httpx.get({double(csv)}, headers={{"Range": "bytes=0-199"}})\n'
        'print(debut.status_code, debut.headers["content-range"])',
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f'const debut = await fetch({double(csv)}, {{ headers: {{ Range: "bytes=0-199" }} }});\n'
        'console.log(debut.status, debut.headers.get("content-range"));',
    )
    yield Snippet(Language.DUCKDB, f"SELECT name, type\nFROM parquet_schema({sql(parquet)});")


def _texts_kept(of: Example) -> str:
    """Return what keeps codes such as 01234 from becoming numbers."""
    if not of.codes:
        return ""
    kept = ", ".join(f"{double(column)}: str" for column in of.codes)
    return f", dtype={{{kept}}}"
