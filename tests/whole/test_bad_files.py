"""Files that nobody means to write: each is answered in words, with status 1, in a process whose
memory stays small.

The processes are measured from a small one of their own, so that the memory of the test run itself
is not counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SERVICES, changed

from provision.__main__ import main

pytestmark = pytest.mark.xdist_group("bad files")  # made once for all of its tests

MEGABYTE = 1_000_000
MOST_MEMORY = 200 * 1024  # kilobytes
MEASURED = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "provision", "validate", "--services", sys.argv[1]], capture_output=True, text=True)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"code": done.returncode, "out": done.stdout, "err": done.stderr, "kilobytes": most}))
"""


def up_to(size: int, piece: bytes) -> bytes:
    """A piece repeated to just below a size."""
    return piece * ((size - 1) // len(piece))


def listing(names: list[str]) -> bytes:
    return changed("listed: [Croydon, ", f"listed: [{', '.join(names)}, Croydon, ").encode()


ALIASES = b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n".encode() for i in range(1, 10)
)

# content, and part of the answer
SMALL: dict[str, tuple[bytes, str]] = {
    "only comments": (b"# one\n# two\n", ":1: file: is empty; "),
    "null": (b"null\n", ":1: file: is empty; "),
    "a list": (b"- a\n- b\n", ":1: file: is a list; write a mapping"),
    "a word": (b"hello\n", ":1: file: is text ('hello'); write a mapping"),
    "null everywhere": (
        b"region:\nservices:\nareas_without_service:\nsources:\n",
        ":1: region: is empty; write a mapping",
    ),
    "two documents": (f"{SERVICES}\n---\na: 1\n".encode(), "more than one YAML document"),
    "UTF-16": (SERVICES.encode("utf-16"), ":1: file: is not UTF-8 text"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, ":1: file: is not UTF-8 text"),
    "anchors": (
        changed("as_at: 2018-10", "as_at: &date 2018-10").encode(),
        "uses a YAML anchor or alias",
    ),
    "merge key": (
        changed("  area: borough", "  <<: *base\n  area: borough").encode(),
        "uses a YAML anchor or alias",
    ),
    "one key to the limit": (up_to(MEGABYTE - 3, b"k") + b": 1", "is not valid YAML"),
    "blank lines to the limit": (up_to(MEGABYTE, b"\n"), ":1: file: is empty; "),
    "one number to the limit": (
        b"a: " + up_to(MEGABYTE - 3, b"9"),
        "a: is not a field of this entry",
    ),
    "dashes to the limit": (up_to(MEGABYTE, b"- "), "nested more than 24 deep"),
    "open quote to the limit": (b'a: "' + up_to(MEGABYTE - 4, b"x"), "is not valid YAML"),
    "1,000 unknown sections": (
        SERVICES.encode() + b"".join(b"servicez%d: 1\n" % i for i in range(1_000)),
        "servicez999: is not a field",
    ),
}
LARGE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ":1: file: is empty; "),
    "not UTF-8": (
        SERVICES.encode().replace(b"six councils", b"six conseils \xe9lus", 1),
        "is not UTF-8 text (byte 0xe9)",
    ),
    "NUL bytes": (
        SERVICES.encode().replace(b"London", b"Lon\0don", 1),
        "control characters are not allowed",
    ),
    "python object": (
        changed("as_at: 2018-10", "as_at: !!python/object/apply:os.getcwd []").encode(),
        "uses the YAML tag",
    ),
    "alias bomb": (ALIASES, "uses a YAML anchor or alias"),
    "brackets to the limit": (up_to(MEGABYTE, b"["), "nested more than 24 deep"),
    "braces to the limit": (up_to(MEGABYTE, b"{a: "), "nested more than 24 deep"),
    "entries to the limit": (up_to(2 * MEGABYTE, b"- a\n"), "more than 300,000 values"),
    "one text to the limit": (
        b"a: " + up_to(MEGABYTE - 3, b"x"),
        "a: is not a field of this entry",
    ),
    "50 MB": (
        up_to(50 * MEGABYTE, b"name: value\n"),
        ":0: file: is larger than 5,000,000 bytes; ",
    ),
    "5,000 unknown areas": (
        listing([f"Nowhere {i}" for i in range(5_000)]),
        "'Nowhere 979' is not an area",
    ),
    "one area 10,000 times": (listing(["Lewisham"] * 10_000), "'Lewisham' is listed twice"),
}


@pytest.mark.parametrize("name", SMALL)
def test_what_is_wrong_is_said(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, answer = SMALL[name]
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    assert main(["validate", "--services", str(path)]) == 1
    said = capsys.readouterr().out
    assert answer in said
    assert max(map(len, said.splitlines())) < 600


def measure(path: Path) -> dict[str, Any]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROVISION_")}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, dict[str, Any]]:
    """What is said of every file, all measured once."""
    folder = tmp_path_factory.mktemp("bad")
    paths = {name: folder / f"{name.replace(' ', '-')}.yaml" for name in LARGE} | {
        "a folder": folder,
        "missing": folder / "missing.yaml",
    }
    for name, (content, _) in LARGE.items():
        paths[name].write_bytes(content)
    with ThreadPoolExecutor() as pool:
        return dict(zip(paths, pool.map(measure, paths.values()), strict=True))


NAMES = [*LARGE, "a folder", "missing"]
ANSWERS = {name: answer for name, (_, answer) in LARGE.items()} | {
    "a folder": "cannot be read (Is a directory)",
    "missing": "cannot be read (No such file",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_said_by_a_process_of_its_own(
    name: str, answers: Mapping[str, dict[str, Any]]
) -> None:
    found = answers[name]
    assert (found["code"], found["err"]) == (1, "")
    assert ANSWERS[name] in found["out"]


@pytest.mark.parametrize("name", NAMES)
def test_memory_stays_small(name: str, answers: Mapping[str, dict[str, Any]]) -> None:
    assert answers[name]["kilobytes"] < MOST_MEMORY


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_answer_is_short(
    name: str, answers: Mapping[str, dict[str, Any]]
) -> None:
    assert max(map(len, answers[name]["out"].splitlines())) < 600


def test_the_line_of_a_byte_that_is_not_utf8_is_given(
    answers: Mapping[str, dict[str, Any]],
) -> None:
    line = SERVICES[: SERVICES.index("six councils")].count("\n") + 1
    assert f".yaml:{line}: file: is not UTF-8" in answers["not UTF-8"]["out"]


def test_nothing_in_a_file_is_run(answers: Mapping[str, dict[str, Any]]) -> None:
    assert str(ROOT) not in answers["python object"]["out"]
