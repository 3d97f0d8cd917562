"""Outlines from the files that people have: every format, and what each lacks is said."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import LineString, MultiPolygon, Point, Polygon, box
from support.outlines import SIDE, SOUTH, WEST, coded, squares, table, written

from provision.io.problems import InvalidData, Problem
from provision.readers.outline_file import OutlineFormat
from provision.readers.outline_projection import Axes, SwappedAxes
from provision.readers.outlines import OutlineOptions, OutlinesRead, read_outlines

CODES = ["E07000001", "E07000002", "E07000003"]
NAMES = ["Ashby", "Brook", "Cold Hill"]


def read(path: Path, **options: Any) -> OutlinesRead:
    return read_outlines(path, path.name, OutlineOptions(**options))


def refusal(path: Path, **options: Any) -> Problem:
    with pytest.raises(InvalidData) as caught:
        read(path, **options)
    (problem,) = caught.value.problems
    return problem


def as_json(path: Path, data: Any, start: str = "") -> Path:
    path.write_text(start + json.dumps(data), encoding="utf-8")
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


RING = [[WEST, SOUTH], [WEST + SIDE, SOUTH], [WEST, SOUTH + SIDE], [WEST, SOUTH]]
TRIANGLE = {"type": "Polygon", "coordinates": [RING]}


# Formats


def geojson(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame, folder / "x.geojson")


def geopackage(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame, folder / "x.gpkg")


def flatgeobuf(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame, folder / "x.fgb")


def kml(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame, folder / "x.kml", driver="KML")


def gml(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame, folder / "x.gml", driver="GML")


def bng(frame: GeoDataFrame, folder: Path) -> Path:
    return written(frame.to_crs(27700), folder / "x.gpkg")


def shapefile_in_zip(frame: GeoDataFrame, folder: Path) -> Path:
    shapes = folder / "shapes"
    shapes.mkdir()
    written(frame, shapes / "x.shp")
    return Path(shutil.make_archive(str(folder / "x"), "zip", shapes))


def geodatabase_in_zip(frame: GeoDataFrame, folder: Path) -> Path:
    inside = folder / "inside"
    inside.mkdir()
    written(frame.drop(columns="FID"), inside / "x.gdb", driver="OpenFileGDB", layer="areas")
    return Path(shutil.make_archive(str(folder / "x"), "zip", inside))


def esri_json(frame: GeoDataFrame, folder: Path) -> Path:
    columns = list(frame.columns.drop("geometry"))
    features = [
        {
            "attributes": {c: row[c] for c in columns},
            "geometry": {"rings": [[list(at) for at in row.geometry.exterior.coords]]},
        }
        for _, row in frame.iterrows()
    ]
    types = {c: "esriFieldTypeString" if c != "FID" else "esriFieldTypeInteger" for c in columns}
    head = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}}
    fields = [{"name": name, "type": kind} for name, kind in types.items()]
    return as_json(folder / "x.json", {**head, "fields": fields, "features": features})


def topojson(frame: GeoDataFrame, folder: Path) -> Path:
    arcs = [[list(at) for at in shape.exterior.coords] for shape in frame.geometry]
    rows = frame.drop(columns="geometry").to_dict("records")
    shapes = [{"type": "Polygon", "properties": row, "arcs": [[i]]} for i, row in enumerate(rows)]
    areas = {"type": "GeometryCollection", "geometries": shapes}
    return as_json(
        folder / "x.json", {"type": "Topology", "objects": {"areas": areas}, "arcs": arcs}
    )


FORMATS: dict[Callable[[GeoDataFrame, Path], Path], OutlineFormat] = {
    geojson: OutlineFormat.GEOJSON,
    geopackage: OutlineFormat.GEOPACKAGE,
    bng: OutlineFormat.GEOPACKAGE,
    flatgeobuf: OutlineFormat.FLATGEOBUF,
    kml: OutlineFormat.KML,
    gml: OutlineFormat.GML,
    shapefile_in_zip: OutlineFormat.SHAPEFILE,
    geodatabase_in_zip: OutlineFormat.GEODATABASE,
    esri_json: OutlineFormat.ESRIJSON,
    topojson: OutlineFormat.TOPOJSON,
}


@pytest.mark.parametrize("make", FORMATS, ids=lambda make: make.__name__)
def test_every_format_gives_the_same_areas(
    make: Callable[[GeoDataFrame, Path], Path], tmp_path: Path
) -> None:
    found = read(make(coded(), tmp_path))
    assert found.format is FORMATS[make]
    assert dict(found.areas["name"].sort_index()) == dict(zip(CODES, NAMES, strict=True))
    wanted = dict(zip(CODES, squares(3), strict=True))
    for code, shape in found.areas.geometry.items():
        # The two datums of the grid are told apart by a few metres.
        assert shapely.hausdorff_distance(shape, wanted[str(code)]) < 1e-4


def test_the_format_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    path = geopackage(coded(), tmp_path).rename(tmp_path / "areas.geojson")
    assert read(path).format is OutlineFormat.GEOPACKAGE


def test_bytes_are_read_as_a_file_is(tmp_path: Path) -> None:
    raw = shapefile_in_zip(coded(), tmp_path).read_bytes()
    assert list(read_outlines(raw, "upload.zip").areas.index) == CODES


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_one_feature_by_itself_is_one_area(start: str, tmp_path: Path) -> None:
    path = as_json(tmp_path / "x.json", feature(TRIANGLE, code="E07000001", name="Ashby"), start)
    assert list(read(path).areas["name"]) == ["Ashby"]


def test_heights_are_left_out(tmp_path: Path) -> None:
    high = {"type": "Polygon", "coordinates": [[[*at, 12.5] for at in RING]]}
    path = as_json(tmp_path / "x.geojson", feature(high, code="E07000001", name="Ashby"))
    found = read(path)
    assert not shapely.has_z(found.areas.geometry.to_numpy()).any()
    assert any("heights" in note for note in found.notes)


# Columns


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("LAD23CD", "LAD23NM"),
        ("lad19cd", "lad19nm"),
        ("areacd", "areanm"),
        ("GSS_CODE", "NAME"),
        ("CODE", "NAME"),
        ("Area code", "Area name"),
    ],
)
def test_columns_are_found_by_their_headings(code: str, name: str, tmp_path: Path) -> None:
    path = geopackage(table({"id": [7, 8, 9], name: NAMES, code: CODES}), tmp_path)
    found = read(path)
    assert (found.columns.code.field, found.columns.name.field) == (code, name)
    assert list(found.areas.index) == CODES


def test_a_column_is_judged_by_what_is_in_it(tmp_path: Path) -> None:
    """As in Boundary-Line: AREA_CODE says of each area only what kind it is."""
    columns = {"NAME": NAMES, "AREA_CODE": ["DIS"] * 3, "DESCRIPTIO": ["District"] * 3}
    found = read(geojson(table({**columns, "CODE": CODES}), tmp_path))
    assert (found.columns.code.field, found.columns.name.field) == ("CODE", "NAME")


def test_wards_are_told_from_the_district_that_they_lie_in(tmp_path: Path) -> None:
    wards = [f"E0500000{i}" for i in range(3)]
    columns = {"LAD25CD": ["E07000001"] * 3, "LAD25NM": ["Ashby"] * 3}
    found = read(geojson(table({**columns, "WD25CD": wards, "WD25NM": NAMES}), tmp_path))
    assert (found.columns.code.field, found.columns.code.runner_up) == ("WD25CD", "LAD25CD")
    assert found.columns.name.field == "WD25NM"


def test_codes_of_digits_keep_their_noughts(tmp_path: Path) -> None:
    path = geojson(table({"STATE": ["01"] * 3, "GEOID": ["01001", "01003", "01005"]}), tmp_path)
    assert list(read(path).areas.index) == ["01001", "01003", "01005"]


def test_a_person_s_choice_of_columns_is_taken(tmp_path: Path) -> None:
    path = geojson(table({"ref": ["a1", "b2", "c3"], "CODE": CODES, "NAME": NAMES}), tmp_path)
    found = read(path, code_field="ref", name_field="CODE")
    assert dict(found.areas["name"]) == dict(zip(["a1", "b2", "c3"], CODES, strict=True))


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    problem = refusal(geojson(coded(), tmp_path), code_field="LSOA")
    assert "'LSOA'" in problem.what
    assert all(heading in problem.what for heading in ("FID", "LAD23CD", "LAD23NM"))


def test_the_year_of_an_edition_is_forgiven_in_a_column_that_was_decided(tmp_path: Path) -> None:
    path = geojson(table({"LAD24CD": CODES, "OLD": ["x1", "x2", "x3"], "LAD24NM": NAMES}), tmp_path)
    found = read(path, known_code_field="LAD23CD", known_name_field="LAD23NM")
    assert (found.columns.code.field, found.columns.name.field) == ("LAD24CD", "LAD24NM")


def test_names_alone_give_codes_that_do_not_hang_on_their_order(tmp_path: Path) -> None:
    one = read(written(table({"name": NAMES}), tmp_path / "a.geojson"))
    other = read(written(table({"name": [*NAMES[::-1], "Dene"]}), tmp_path / "b.geojson"))
    assert one.made_codes
    assert dict(one.areas["name"]) == {"ashby": "Ashby", "brook": "Brook", "cold-hill": "Cold Hill"}
    assert set(one.areas.index) < set(other.areas.index)


def test_names_that_make_one_code_get_two(tmp_path: Path) -> None:
    found = read(geojson(table({"name": ["Cold Hill", "Cold-Hill", "Brook"]}), tmp_path))
    assert len(set(found.areas.index)) == 3


def test_areas_without_any_column_are_numbered(tmp_path: Path) -> None:
    path = as_json(
        tmp_path / "x.geojson", {"type": "FeatureCollection", "features": [feature(TRIANGLE)]}
    )
    assert list(read(path).areas["name"]) == ["Area 1"]


def test_welsh_names_are_kept_beside_the_english(tmp_path: Path) -> None:
    columns = {"LAD13CD": CODES, "LAD13NM": NAMES, "LAD13NMW": ["Onnen", "Brook", " "]}
    found = read(geojson(table(columns), tmp_path))
    assert list(found.areas["other_names"]) == [("Onnen",), (), ()]


# Areas


def test_the_parts_of_one_code_are_joined(tmp_path: Path) -> None:
    path = geojson(
        table({"CODE": [CODES[0], CODES[1], CODES[0]], "NAME": ["A", "B", "A"]}), tmp_path
    )
    found = read(path)
    assert list(found.areas.index) == CODES[:2]
    assert found.areas.geometry.iloc[0].geom_type == "MultiPolygon"
    assert any("several parts" in note for note in found.notes)


def test_areas_of_one_name_are_told_apart(tmp_path: Path) -> None:
    found = read(geojson(table({"CODE": CODES, "NAME": ["Ashby", "Brook", "Ashby"]}), tmp_path))
    assert list(found.areas["name"]) == ["Ashby (E07000001)", "Brook", "Ashby (E07000003)"]


def test_what_is_no_area_is_left_out_by_name(tmp_path: Path) -> None:
    shapes = [*squares(1), Point(WEST, SOUTH), LineString([(WEST, SOUTH), (-1, 53)]), None]
    names = ["Ashby", "A post", "A road", "Nowhere"]
    found = read(geojson(table({"CODE": [*CODES, "E07000004"], "NAME": names}, shapes), tmp_path))
    assert list(found.areas["name"]) == ["Ashby"]
    for name in names[1:]:
        assert any(
            f"left out, with {what}: {name}." in n
            for n in found.notes
            for what in ("a point", "a line", "no geometry")
        )


def test_a_file_without_areas_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    empty = {"type": "GeometryCollection", "geometries": []}
    path = as_json(
        tmp_path / "x.geojson", {"type": "FeatureCollection", "features": [feature(empty)]}
    )
    problem = refusal(path)
    assert "holds no areas" in problem.what and "an empty geometry" in problem.what


def test_points_alone_are_refused(tmp_path: Path) -> None:
    path = geojson(table({"NAME": ["A"]}, [Point(0, 51)]), tmp_path)
    assert "a point" in refusal(path).what


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path: Path) -> None:
    bow = Polygon([(-2, 52), (-1.9, 52.1), (-1.9, 52), (-2, 52.1)])
    found = read(geojson(table({"CODE": CODES[:1], "NAME": ["Ashby"]}, [bow]), tmp_path))
    assert found.areas.geometry.is_valid.all()
    assert found.areas.geometry.iloc[0].area == pytest.approx(0.005)
    assert any("repaired: Ashby." in note for note in found.notes)


def test_a_geometry_collection_gives_its_areas(tmp_path: Path) -> None:
    both = shapely.GeometryCollection([Point(WEST, SOUTH), *squares(1)])
    found = read(geojson(table({"CODE": CODES[:1], "NAME": ["Ashby"]}, [both]), tmp_path))
    assert found.areas.geometry.iloc[0].equals(squares(1)[0])


# Where they are


def without_crs(path: Path) -> Path:
    """The same GeoJSON without its statement of the projection."""
    data = json.loads(path.read_text(encoding="utf-8"))
    data.pop("crs", None)
    return as_json(path, data)


def test_the_british_grid_is_recognised_and_said(tmp_path: Path) -> None:
    path = without_crs(geojson(coded().to_crs(27700), tmp_path))
    found = read(path)
    assert (found.crs, found.crs_assumed) == ("EPSG:27700", True)
    assert any("British National Grid (EPSG:27700)" in note for note in found.notes)
    assert found.areas.total_bounds == pytest.approx([-2, 52, -1.7, 52.1], abs=1e-4)


def test_a_projection_that_a_person_says_is_used(tmp_path: Path) -> None:
    path = without_crs(geojson(coded().to_crs(32630), tmp_path))
    assert "states no projection" in refusal(path).what
    found = read(path, crs="EPSG:32630")
    assert found.areas.total_bounds == pytest.approx([-2, 52, -1.7, 52.1], abs=1e-6)


def test_a_projection_that_is_not_known_is_refused(tmp_path: Path) -> None:
    assert "'EPSG:0'" in refusal(geojson(coded(), tmp_path), crs="EPSG:0").what


def swapped(frame: GeoDataFrame) -> GeoDataFrame:
    turned = shapely.transform(frame.geometry.to_numpy(), lambda at: at[:, ::-1])
    return frame.set_geometry(turned, crs="EPSG:4326")


def test_latitude_and_longitude_the_wrong_way_round_are_asked_about(tmp_path: Path) -> None:
    path = geojson(swapped(coded()), tmp_path)
    with pytest.raises(SwappedAxes):
        read(path)
    assert read(path, axes=Axes.SWAP).areas.total_bounds == pytest.approx([-2, 52, -1.7, 52.1])
    assert read(path, axes=Axes.KEEP).areas.total_bounds == pytest.approx([52, -2, 52.1, -1.7])


def test_beyond_the_pole_is_the_wrong_way_round_whatever_the_codes(tmp_path: Path) -> None:
    alaska = box(62.0, -151.0, 63.0, -150.0)
    path = geojson(table({"GEOID": ["02001"], "NAME": ["A"]}, [alaska]), tmp_path)
    with pytest.raises(SwappedAxes):
        read(path)


def test_an_outline_far_from_where_its_code_belongs_is_said(tmp_path: Path) -> None:
    path = geojson(table({"CODE": ["E07000001", "W06000001"], "NAME": ["Ashby", "Bryn"]}), tmp_path)
    assert any("far from where its code belongs: W06000001" in n for n in read(path).notes)


# Size


def wavy(count: int, points: int) -> GeoDataFrame:
    """Squares whose shared sides are of many points, in whole waves."""
    from math import pi, sin

    def side(i: int) -> list[tuple[float, float]]:
        steps = [k / points for k in range(points + 1)]
        return [(WEST + i * SIDE + 0.01 * sin(20 * pi * t), SOUTH + SIDE * t) for t in steps]

    shapes = [Polygon([*side(i), *side(i + 1)[::-1]]) for i in range(count)]
    return table(
        {"CODE": [f"E0700000{i}" for i in range(count)], "NAME": list("ABCDE"[:count])}, shapes
    )


def test_large_outlines_are_simplified_and_their_borders_stay_shared(tmp_path: Path) -> None:
    found = read(geopackage(wavy(3, 8_000), tmp_path))
    assert found.tolerance is not None and found.tolerance > 0
    shapes = found.areas.geometry.to_numpy()
    assert shapely.get_num_coordinates(shapes).sum() < 21_000
    assert shapely.coverage_is_valid(shapes)
    assert shapely.intersection(shapes[0], shapes[1]).length > SIDE


def test_small_outlines_stay_as_they_are(tmp_path: Path) -> None:
    found = read(geojson(coded(), tmp_path))
    assert found.tolerance is None
    assert found.areas.geometry.iloc[0].equals_exact(squares(1)[0], 0, normalize=True)


def test_an_upload_is_bounded(tmp_path: Path) -> None:
    path = geojson(coded(), tmp_path)
    with pytest.raises(InvalidData, match="is larger than"):
        read_outlines(path, path.name, most_bytes=100)


# Layers and zip files


def test_a_layer_without_areas_is_passed_over_and_the_others_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    table({"NAME": ["A post"]}, [Point(-2, 52)]).to_file(path, layer="posts")
    coded().to_file(path, layer="districts")
    wards = table({"WD23CD": ["E05000001"], "WD23NM": ["Elm"]})
    wards.to_file(path, layer="wards")
    found = read(path)
    assert (found.layer, found.layers) == ("districts", ("posts", "districts", "wards"))
    assert any("'wards'" in note for note in found.notes)
    assert list(read(path, layer="wards").areas["name"]) == ["Elm"]
    assert "districts" in refusal(path, layer="parishes").what


def zip_of(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name.replace("__", "."), raw)
    return path


def test_a_zip_that_would_unpack_too_large_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "x.zip", x__geojson=b" " * 450_000_000)
    assert "unpack to more than" in refusal(path).what


def test_a_zip_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("../x.geojson", "{}")
    assert "leads elsewhere" in refusal(tmp_path / "x.zip").what


def test_a_zip_without_outlines_is_refused(tmp_path: Path) -> None:
    assert "zip file without outlines" in refusal(zip_of(tmp_path / "x.zip", a__txt=b"a")).what


def test_one_part_of_a_shapefile_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    path = written(coded(), tmp_path / "whole" / "x.shp")
    alone = shutil.copy(path, tmp_path / "x.shp")
    assert "one part of a Shapefile" in refusal(Path(alone)).what
    assert len(read(path).areas) == 3


# Files of another kind


WRONG = {
    "a Word document": b"PK\x03\x04",
    "a feed of services": json.dumps({"services": [], "organizations": []}).encode(),
    "a page of a feed": json.dumps({"contents": [{"organization": {}}]}).encode(),
    "a table": b"name,code\nAshby,E07000001\n",
    "a services file": b"region:\n  name: X\nservices: []\n",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "a PDF": b"%PDF-1.7",
    "an empty file": b"",
    "a pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "a web page": b"<!doctype html><html><body>Sign in</body></html>",
    "a portal's fault": b'{"error":{"code":400,"message":"Invalid query"}}',
    "neighbours": b'{"E07000001": ["E07000002"]}',
    "broken JSON": b'{"type": "FeatureCollection", "features": [',
    "other XML": b'<?xml version="1.0"?><a/>',
    "bytes": bytes(range(256)),
}
SAID = {
    "a feed of services": "Open Referral",
    "a page of a feed": "Open Referral",
    "a table": "name,code",
    "a services file": "YAML",
    "a picture": "a picture",
    "a PDF": "a PDF",
    "an empty file": "an empty file",
    "a pointer": "a pointer",
    "a web page": "a web page",
    "a portal's fault": "went wrong",
    "neighbours": "neighbours",
    "broken JSON": "cannot be read as GeoJSON",
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_file_of_another_kind_is_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(WRONG[kind])
    problem = refusal(path)
    assert SAID.get(kind, "") in problem.what
    assert problem.mend
    assert str(tmp_path) not in str(problem)


@pytest.mark.parametrize(
    "inside",
    ["<!DOCTYPE kml [<!ENTITY a 'b'>]>", "<OGRVRTDataSource/>"],
    ids=["entities", "another file"],
)
def test_xml_that_leads_elsewhere_is_refused(inside: str, tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    path.write_text(f"{inside}<kml xmlns='http://www.opengis.net/kml/2.2'/>", encoding="utf-8")
    assert "leads to other files" in refusal(path).what


def test_multipolygons_stay_whole(tmp_path: Path) -> None:
    both = MultiPolygon([squares(1)[0], squares(3)[2]])
    found = read(geojson(table({"CODE": CODES[:1], "NAME": ["Ashby"]}, [both]), tmp_path))
    assert found.areas.geometry.iloc[0].area == pytest.approx(2 * SIDE**2)
