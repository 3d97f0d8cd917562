"""The pack of figures, and the commands that write files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from provision.__main__ import main
from provision.links.query import Query
from provision.paper.figures import draw
from provision.paper.pack import pack
from provision.paper.views import views
from provision.record import Record

pytestmark = pytest.mark.xdist_group("pack")  # made once for all of its tests

CITY = (
    "--services",
    "tests/city/services.yaml",
    "--boundaries",
    "tests/city/boundaries.geojson",
    "--figures",
    "tests/city/figures.csv",
)


@pytest.fixture(scope="module")
def written(city: Record) -> tuple[bytes, list[tuple[int, int]]]:
    """A pack, and how far it was told to be."""
    told: list[tuple[int, int]] = []
    query = Query.default(city)
    one = pack(city, query, "column", lambda done, total, title: told.append((done, total)))
    return one, told


@pytest.fixture(scope="module")
def packed(written: tuple[bytes, list[tuple[int, int]]]) -> dict[str, bytes]:
    """The files of a pack, by name."""
    with zipfile.ZipFile(io.BytesIO(written[0])) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pack_holds_every_view_with_table_and_caption(
    city: Record, packed: dict[str, bytes]
) -> None:
    ids = [view.id for view in views(city, Query.default(city))]
    assert ids[:4] == ["coverage", "tiles", "gaps", "calendar"]
    wanted = (
        {f"figures/{i}.{f}" for i in ids for f in ("svg", "pdf", "png")}
        | {f"tables/{i}.csv" for i in ids}
        | {f"captions/{i}.txt" for i in ids}
    )
    assert set(packed) == wanted | {"README.txt", "index.html", "manifest.json"} and list(
        packed
    ) == sorted(packed)
    coverage = next(v for v in views(city, Query.default(city)) if v.id == "coverage")
    assert all(
        packed[f"figures/coverage.{f}"] == draw(city, coverage, "column", f)
        for f in ("svg", "pdf", "png")
    )  # type: ignore[arg-type]
    assert Image.open(io.BytesIO(packed["figures/gaps.png"])).width == pytest.approx(
        85 / 25.4 * 300, abs=1
    )
    assert packed["tables/coverage.csv"].startswith(
        b"code,name,status,level,services,counted_as,on\r\n"
    )
    assert (
        city.version in packed["captions/gaps.txt"].decode()
        and "Alt text: " in packed["captions/gaps.txt"].decode()
    )


def test_a_pack_s_manifest_tells_what_it_was_made_from_and_holds(
    city: Record, packed: dict[str, bytes]
) -> None:
    manifest = json.loads(packed["manifest.json"])
    assert (
        manifest["data_version"] == city.version
        and manifest["link"] == "/coverage"
        and manifest["size"]["width_mm"] == 85
    )
    assert set(manifest["libraries"]) >= {"matplotlib", "shapely", "pyproj"}
    digest = hashlib.sha256(city.files.services.read_bytes()).hexdigest()
    assert manifest["inputs"]["services.yaml"] == f"sha256:{digest}"
    assert manifest["files"] == {
        n: f"sha256:{hashlib.sha256(c).hexdigest()}"
        for n, c in packed.items()
        if n != "manifest.json"
    }


class Links(HTMLParser):
    """Every address in a page, and the texts of its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.alts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        if tag == "img":
            self.alts.append(found.get("alt") or "")


def test_a_pack_s_page_leads_only_to_what_is_in_it(city: Record, packed: dict[str, bytes]) -> None:
    page = Links()
    page.feed(packed["index.html"].decode())
    assert all(
        a.removeprefix("#") in packed["index.html"].decode() if a.startswith("#") else a in packed
        for a in page.addresses
    )
    assert len(page.alts) == len(views(city, Query.default(city))) and all(page.alts)


def test_a_pack_is_the_same_bytes_and_tells_how_far_it_is(
    city: Record, written: tuple[bytes, list[tuple[int, int]]]
) -> None:
    one, told = written
    assert one == pack(city, Query.default(city), "column")
    assert told == [(n, told[-1][1]) for n in range(len(told))] and told[-1][0] == told[-1][1]


def test_commands_write_what_they_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "theme.svg"
    assert main(["figure", "theme", "--theme", "Gangs", "--size", "slide", "--out", str(out)]) in (
        0,
        1,
    )
    assert (
        main(
            [
                "figure",
                "theme",
                "--theme",
                "young-women",
                "--on",
                "2020-04-30",
                "--size",
                "slide",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    said = capsys.readouterr().out
    assert (
        str(out) in said
        and "Date: 30 April 2020" in said
        and f"{out.stat().st_size:,} bytes" in said
    )
    saved = tmp_path / "s.yaml"
    saved.write_text(
        "scenario: 1\non: 2019-06-30\nhubs:\n  - {area: E09000003, reach: land}\n", encoding="utf-8"
    )
    assert main(["figure", "scenario", "--file", str(saved), "--out", str(out)]) == 0
    assert "30 June 2019" in out.read_text(encoding="utf-8")
    zipped = tmp_path / "p.zip"
    assert main(
        ["pack", *CITY, "--size", "column", "--out", str(zipped)]
    ) == 0 and zipfile.is_zipfile(zipped)
    # nothing half-made is left
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p.zip", "s.yaml", "theme.svg"]


FAULTS = {
    "no suffix": (["figure", "coverage", "--out", "{}/figure"], "does not say which kind of file"),
    "wrong suffix": (["pack", "--out", "{}/pack.rar"], "let it end in .zip"),
    "no folder": (["figure", "coverage", "--out", "{}/none/a.svg"], "there is no folder"),
    "folder": (["figure", "coverage", "--out", "{}"], "does not say which kind"),
    "unknown theme": (
        ["figure", "theme", "--theme", "yung-women", "--out", "{}/a.svg"],
        "did you mean 'young-women'",
    ),
    "no theme": (["figure", "theme", "--out", "{}/a.svg"], "which theme?"),
    "no scenario": (["figure", "scenario", "--out", "{}/a.svg"], "which scenario?"),
    "no scenario in the link": (
        ["figure", "scenario", "--link", "hubs=ZZZ", "--out", "{}/a.svg"],
        "What was given: ",
    ),
    "theme and map": (
        ["figure", "coverage", "--theme", "gangs", "--out", "{}/a.svg"],
        "--theme goes with 'theme'",
    ),
    "no such file": (
        ["figure", "scenario", "--file", "{}/none.yaml", "--out", "{}/a.svg"],
        "cannot be read",
    ),
}


@pytest.mark.parametrize(("words", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([w.format(tmp_path) for w in words]) == 1
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and told.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_said_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from provision.commands.output import write_whole

    out = tmp_path / "a.svg"
    out.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(LookupError, match="permission denied; choose another folder"):
        write_whole(out, b"new")
    assert out.read_bytes() == b"old" and list(tmp_path.iterdir()) == [out]


def test_a_full_disk_leaves_no_half_file_behind(tmp_path: Path) -> None:
    """/dev/full takes no byte; here the file that is being written is on such a disk."""
    from provision.io import whole_files

    out = tmp_path / "a.svg"
    out.write_bytes(b"old")
    (tmp_path / "new").symlink_to("/dev/full")

    def on_a_full_disk(**given: object) -> object:
        return (tmp_path / "new").open("wb", buffering=0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole_files, "NamedTemporaryFile", on_a_full_disk)
        with pytest.raises(LookupError, match="no space left on device; choose another folder"):
            whole_files.write_whole(out, b"new")
    assert out.read_bytes() == b"old" and list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("link", "noted"),
    [("nonsense", True), ("", False), ("on=2020-04-01", False), ("colour=red", True)],
)
def test_a_link_that_asks_for_nothing_is_noted(
    link: str, noted: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figure", "coverage", "--link", link, "--out", str(tmp_path / "a.svg")]) == 0
    assert capsys.readouterr().out.startswith("The link") == noted
