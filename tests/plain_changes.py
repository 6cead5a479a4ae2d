"""A plain document walked and changed by path: what tests of shapes and of mutants share."""

from collections.abc import Iterator


def paths(plain: object, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each value, the whole document first."""
    yield here
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in items:
        yield from paths(value, (*here, key))


def put(plain: object, path: tuple[str | int, ...], change: object) -> object:
    """The document with one value changed; `...` takes it out."""
    if not path:
        return change
    if isinstance(plain, dict):
        rest = {k: v for k, v in plain.items() if k != path[0]}
        return rest if path[1:] == () and change is ... else {**plain, path[0]: put(plain[path[0]], path[1:], change)}
    assert isinstance(plain, list)
    rank = int(path[0])
    kept = [] if path[1:] == () and change is ... else [put(plain[rank], path[1:], change)]
    return [*plain[:rank], *kept, *plain[rank + 1 :]]
