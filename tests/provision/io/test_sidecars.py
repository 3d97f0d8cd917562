"""Where outlines come from: every fault in what is said of it is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import changed, refusal

from provision.io.files import DataFiles
from provision.io.sidecars import Origin, read_described


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("licence: nobody's\n", "", "licence"),
        ("origin: invented", "origin: 7", "origin"),
        ("origin: invented", 'origin: ""', "origin"),
        ("origin: invented", "origin: invented\nprojected_crs: 4326", "projected_crs"),
        ("origin: invented", "origin: invented\nprojected_crs: 99", "projected_crs"),
    ],
)
def test_fault_in_the_origin_of_outlines(
    old: str, new: str, field: str, tmp_path: Path, city_files: DataFiles
) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        changed(old, new, city_files.boundaries.with_suffix(".yaml").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    assert any(p.entry == field for p in refusal(lambda: read_described(path, Origin)))
