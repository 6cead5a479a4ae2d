"""A relay before the source systems: what they answer, with one thing that they should not have said."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

GIVEN_BACK = ("Accept", "Authorization", "Content-Type", "Host")
"""`Host`: the next page is asked of the relay too."""
TAKEN_OVER = ("Content-Type", "ETag", "Last-Modified")


@contextmanager
def relaying(url: str, said: bytes, leak: bytes) -> Iterator[str]:
    """Yield an address that answers as `url` does, the first of some words of each answer replaced."""

    class Relay(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(None)

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

        def _pass_on(self, body: bytes | None) -> None:
            given = {name: self.headers[name] for name in GIVEN_BACK if self.headers[name]}
            try:
                with urlopen(Request(url + self.path, body, given)) as answer:
                    status, headers, told = answer.status, answer.headers, answer.read()
            except HTTPError as refused:
                status, headers, told = refused.code, refused.headers, refused.read()
            told = told.replace(said, leak, 1)
            self.send_response(status)
            for name in TAKEN_OVER:
                if headers[name]:
                    self.send_header(name, headers[name])
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Relay) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
