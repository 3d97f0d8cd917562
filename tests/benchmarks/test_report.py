"""What the benchmarks say of what they have measured."""

from benchmarks.pages import never_twice
from benchmarks.report import DASH, EMPTY, FOLIUM, OURS, PLOTLY, Measured, ahead

OUR_ANSWERS = {"median": 100.0, "bytes": 9_000.0, "fetched": 0.0}


def told(**dash: float) -> list[str]:
    """The lines about a run in which Dash alone differs from us."""
    alike = Measured(OUR_ANSWERS, 1.0, 3.0, 200.0, 0.3)
    answers = {**OUR_ANSWERS, **{key: value for key, value in dash.items() if key in OUR_ANSWERS}}
    other = Measured(answers, 1.0, dash.get("started", 3.0), 200.0, 0.3)
    return list(ahead({EMPTY: alike, OURS: alike, DASH: other, PLOTLY: alike, FOLIUM: alike}))


def test_a_peer_that_is_level_or_behind_is_not_said_to_be_ahead() -> None:
    assert told() == told(median=96.0) == told(started=4.0) == []


def test_a_peer_that_is_ahead_is_named_with_both_figures_and_the_reason() -> None:
    (line,) = told(median=50.0)
    assert line.startswith("- *click to paint (median)*, ours 100 ms; Dash 50 ms: ")
    assert "not yet explained" not in line


def test_bytes_count_however_they_came() -> None:
    assert told(bytes=4_000.0, fetched=5_000.0) == []
    assert "ours 9.0 kB; Dash 5.0 kB" in told(bytes=0.0, fetched=5_000.0)[0]


def test_no_setting_of_the_hubs_comes_twice() -> None:
    setting, seen = 0, {0}
    for hub in never_twice(4):
        setting ^= 1 << hub
        assert setting not in seen
        seen.add(setting)
    assert seen == set(range(16))
