"""All figures of a view in one zip, with tables, captions, an index page and a manifest: the same
bytes from the same inputs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from provision.export.writing import answer_json, to_csv
from provision.links.published import published, where
from provision.links.query import Query, SizeName
from provision.paper.canvas import FORMATS
from provision.paper.captions import caption
from provision.paper.figures import SIZES, canvas_of, words
from provision.paper.then_and_now import all_records
from provision.paper.view import View
from provision.paper.views import Described, as_tiles, describe, opening, views
from provision.record import Record

Progress = Callable[[int, int, str], None]
# those that the drawing rests on
LIBRARIES = ("matplotlib", "numpy", "pandas", "pillow", "pyproj", "shapely")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold


def pack(
    record: Record, query: Query, size: SizeName = "page", progress: Progress | None = None
) -> bytes:
    """A zip of every view of :func:`provision.paper.views.views`. ``progress`` is told how many are
    done, of how many, and what is next."""
    files: dict[str, bytes] = {}
    listed: list[dict[str, Any]] = []
    every = views(record, query)
    for done, view in enumerate(every):
        said = describe(record, view)
        if progress:
            progress(done, len(every), said.title)
        own = dict(_files(record, view, size, said))
        listed.append(
            {
                "id": view.id,
                "said": said,
                "form": "tiles" if as_tiles(view) else "",
                "files": sorted(own),
            }
        )
        files |= own
    link = opening(record, query)
    files["index.html"] = _index(record, listed, where(link))
    files["README.txt"] = _readme(record, listed, where(link))
    made_from = {
        "link": link,
        "published": published(),
        "on": query.on.isoformat(),
        "size": {"name": size, "width_mm": SIZES[size].width, "height_mm": SIZES[size].height},
    }
    files["manifest.json"] = _manifest(record, made_from, listed, files)
    if progress:
        progress(len(every), len(every), "")
    return _zip(files)


def pack_name(record: Record, query: Query, size: SizeName) -> str:
    """What a pack is called as a file."""
    return f"figures-{query.on.isoformat()}-{size}-{record.version}.zip"


def _files(
    record: Record, view: View, size: SizeName, said: Described
) -> Iterator[tuple[str, bytes]]:
    canvas = canvas_of(record, view, size, said)
    for format in FORMATS:
        yield f"figures/{view.id}.{format}", canvas.write(format, words(view, said))
    yield f"tables/{view.id}.csv", to_csv(said.rows).encode()
    yield f"captions/{view.id}.txt", caption(view, said).encode()


def _index(record: Record, listed: list[dict[str, Any]], link: str) -> bytes:
    """A page that shows the figures, for people; it asks for nothing outside the zip."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    heading = f"Figures: {record.file.region.map_title}"
    return (
        pages.get_template("index.html")
        .render(
            heading=heading, views=listed, version=record.version, label=record.label, link=link
        )
        .encode()
    )


def _readme(record: Record, listed: list[dict[str, Any]], link: str) -> bytes:
    """What is in the pack and how to use it, in plain text."""
    lines = [
        f"Figures: {record.file.region.map_title}. Data version {record.version}.",
        f"Made from the view at {link}.",
        "",
        "index.html     all figures with their alt text: open it in a browser",
        "figures/       each figure as SVG, PDF (tagged, with title and language) and PNG",
        "tables/        the data of each figure as CSV",
        "captions/      caption, rule, sources, licence and alt text of each figure",
        "manifest.json  what the pack was made from, with a hash of every file",
        "",
        *(f"{v['id']}: {v['said'].finding}. {v['said'].title}." for v in listed),
        "",
        "Themes whose maps are the same have one map here; the figure themes names them all.",
        "Name the sources and keep the licence texts when you use a figure.",
    ]
    return "\n".join([*lines, ""]).encode()


def _manifest(
    record: Record,
    made_from: Mapping[str, Any],
    listed: list[dict[str, Any]],
    files: Mapping[str, bytes],
) -> bytes:
    """What the pack was made from and what is in it, for programs and for whoever checks."""
    others = [own for own in all_records(record) if own is not record]
    found = {
        **made_from,
        "data_version": record.version,
        **({"record": record.label} if record.label else {}),
        "inputs": _inputs(record),
        **({"beside": [_beside(own) for own in others]} if others else {}),
        "libraries": {name: version(name) for name in LIBRARIES},
        "views": [
            {
                "id": v["id"],
                "title": v["said"].title,
                "sentence": v["said"].sentence,
                "link": v["said"].link,
                "files": v["files"],
            }
            for v in listed
        ],
        "files": {name: _hash(content) for name, content in sorted(files.items())},
    }
    return f"{answer_json(found)}\n".encode()


def _inputs(record: Record) -> dict[str, str]:
    return {path.name: _hash(content) for path, content in record.contents.items()}


def _beside(record: Record) -> dict[str, Any]:
    """Another record of the region, which the figures of Then and now are also made from."""
    name = record.entry.name if record.entry else ""
    return {"record": name, "data_version": record.version, "inputs": _inputs(record)}


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _zip(files: Mapping[str, bytes]) -> bytes:
    """A zip in the order of names, without times and owners of this machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith((".png", ".pdf")) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, files[name], compresslevel=6)
    return out.getvalue()
