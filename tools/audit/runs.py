"""Runs of nine words that the record shares with the text of its source.

The text is not in the repository. A hash of each of its runs is, so that the search also works
without it; no text can be read from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

HASHES = Path(__file__).resolve().parents[2] / "docs" / "audit" / "nine_words.bin"
RUN, HASH_BYTES = 9, 6  # words in a run; bytes of a hash
# names, titles and headings are the source's own words, and have to be
OWN_WORDS = {"title", "short_title", "name", "listed", "variants", "cited", "map_title"}


def words(text: str) -> list[str]:
    """The words of a text, without markup, case and apostrophes."""
    bare = re.sub(r"<[^>]+>", " ", text).replace("’", "'").replace("'", "")
    return re.findall(r"[a-z0-9]+", bare.casefold())


def hashes(text: str) -> set[bytes]:
    """A hash of every run of nine words in a text."""
    own = words(text)
    return {_hash(own[i : i + RUN]) for i in range(len(own) - RUN + 1)}


def _hash(run: Sequence[str]) -> bytes:
    return blake2b(" ".join(run).encode(), digest_size=HASH_BYTES).digest()


def known_hashes(sources: Sequence[Path]) -> set[bytes]:
    """The runs of the source: from its text where it is given, else from the hashes kept here."""
    if sources:
        return set().union(*(hashes(_text(path)) for path in sources))
    kept = HASHES.read_bytes()
    return {kept[i : i + HASH_BYTES] for i in range(0, len(kept), HASH_BYTES)}


def _text(path: Path) -> str:
    """The text of a source; of one in JSON, every piece of text in it, a line each."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(_texts(json.loads(text))) if path.suffix == ".json" else text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def copied(files: Sequence[Path], known: set[bytes]) -> Iterator[tuple[str, str]]:
    """Runs of nine words that the files of the record share with the source: where, and the run."""
    for path in files:
        text = path.read_text(encoding="utf-8")
        comments = re.findall(r"(?:^[ ]*#.*\n)+", text, re.M)
        parts = [*_prose(yaml.safe_load(text)), *((c, "comment") for c in comments)]
        for part, where in parts:
            own = words(part)
            for i in range(len(own) - RUN + 1):
                if _hash(own[i : i + RUN]) in known:
                    yield f"{path.name} {where}", " ".join(own[i : i + RUN])
                    break


def _prose(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OWN_WORDS:
                yield from _prose(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _prose(inner, f"{where}/{i}")
    elif isinstance(value, str):
        yield value, where
