"""A server that speaks as much of Solr's HTTP interface as a CKAN asks of its index: documents held in memory.

It stands where no Solr can be had, so that a real CKAN runs. Of the query language it reads fields, phrases, words,
`AND`, `OR`, `NOT`, `+`, `-`, parentheses and `*:*`; anything else is answered 400, never guessed.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

Document = Mapping[str, object]
Holds = Callable[[Document], bool]
Asked = Mapping[str, list[str]]
TOKEN = re.compile(r'[+\-()]|\*:\*|\w+:(?=[^\s)])|"[^"]*"|[\w.\-]+')
NOT = {"-", "NOT"}
END = {"OR", ")", ""}


class Question:
    """A question read by descent: alternatives, each of clauses that must all hold (CKAN asks with `q.op=AND`)."""

    def __init__(self, text: str) -> None:
        if TOKEN.sub("", text).strip():
            message = f"org.apache.solr.search.SyntaxError: Cannot parse '{text}'"
            raise ValueError(message)
        self._words = [*TOKEN.findall(text), ""]
        self.holds = self._either("text")

    def _either(self, named: str) -> Holds:
        ways = [self._all(named)]
        while self._words[0] == "OR":
            del self._words[0]
            ways.append(self._all(named))
        return lambda document: any(way(document) for way in ways)

    def _all(self, named: str) -> Holds:
        clauses: list[Holds] = []
        while self._words[0] not in END:
            clauses.append(self._clause(named))
        return lambda document: all(clause(document) for clause in clauses)

    def _clause(self, named: str) -> Holds:
        word = self._words.pop(0)
        if word in NOT:
            wrong = self._clause(named)
            return lambda document: not wrong(document)
        if word in {"+", "AND"}:
            return self._clause(named)
        if word == "*:*":
            return lambda _: True
        if word.endswith(":"):
            return self._clause(word[:-1])
        if word == "(":
            inner = self._either(named)
            del self._words[0]
            return inner
        return lambda document: word.strip('"').casefold() in _values(document, named)


def _values(document: Document, named: str) -> list[str]:
    """A field's values in small letters; of `text`, into which CKAN's schema copies the others, all their words."""
    if named == "text":
        return [word for value in document.values() for word in str(value).casefold().split()]
    value = document.get(named)
    return [str(one).casefold() for one in (value if isinstance(value, list) else [value])]


@dataclass
class SolrIndex:
    """The documents by their `index_id`, and the schema that CKAN looks at before it starts."""

    schema: bytes
    documents: dict[str, dict[str, object]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def update(self, body: bytes) -> object:
        """Take documents, a list in JSON, or what is to go or to be committed, an element of XML."""
        with self._lock:
            if body.startswith(b"<"):
                for gone in ET.fromstring(body).iter("query"):
                    holds = Question(gone.text or "").holds
                    self.documents = {key: one for key, one in self.documents.items() if not holds(one)}
            else:
                self.documents |= {document["index_id"]: document for document in json.loads(body)}
        return {"responseHeader": {"status": 0}}

    def select(self, asked: Asked) -> object:
        questions = [Question(text) for name in ("q", "fq") for text in asked.get(name, [])]
        with self._lock:
            found = [one for one in self.documents.values() if all(each.holds(one) for each in questions)]
        for named, direction in reversed([by.split() for by in asked.get("sort", [""])[0].split(",") if by]):
            found.sort(key=lambda one, named=named: str(one.get(named, "")), reverse=direction == "desc")
        start, rows = (int(asked.get(name, [default])[0]) for name, default in (("start", "0"), ("rows", "10")))
        facets = {named: _counted(found, named) for named in asked.get("facet.field", [])}
        shown = {"numFound": len(found), "start": start, "docs": found[start : start + rows]}
        return {"responseHeader": {"status": 0}, "response": shown, "facet_counts": {"facet_fields": facets}}


def _counted(found: list[dict[str, object]], named: str) -> list[object]:
    counts = Counter(value for one in found for value in _values(one, named))
    return [each for pair in counts.most_common() for each in pair]


class _Answering(BaseHTTPRequestHandler):
    index: SolrIndex
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        handler = asked.path.rstrip("/").rpartition("/")[2]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if handler == "schema":
            self._answer(200, "application/xml", self.index.schema)
            return
        try:
            told = (
                self.index.update(body)
                if handler == "update"
                else self.index.select(parse_qs(f"{asked.query}&{body.decode()}"))
            )
        except ValueError as wrong:
            self._answer(400, "application/json", json.dumps({"error": {"msg": str(wrong), "code": 400}}).encode())
            return
        self._answer(200, "application/json", json.dumps(told).encode())

    do_POST = do_GET  # noqa: N815 - the name that http.server looks for

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: a test's output is the test's."""


@contextmanager
def running(index: SolrIndex) -> Iterator[str]:
    """Serve an index; give the address of its core."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (_Answering,), {"index": index}))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/solr/ckan"
    finally:
        server.shutdown()
        server.server_close()
