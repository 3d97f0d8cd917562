"""Scenarios and best places as plain data, in the stable forms of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from provision.coverage.arrays import record_arrays
from provision.coverage.need import Women
from provision.coverage.status import object_frame
from provision.links.scenario_link import write_link
from provision.location.best_hubs import Best
from provision.location.hub_kinds import hub_kinds
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.scenarios.codes import Conclusion
from provision.scenarios.compare import Comparison
from provision.scenarios.costs import Capacity, Cost, Places, capacity, cost
from provision.scenarios.evaluate import Outcome
from provision.scenarios.figures import Measure, ScenarioFigure, scenario_figures
from provision.scenarios.rates import called, rates
from provision.text.best_hubs import best_sentence
from provision.text.cost_caution import cost_caution
from provision.text.labels import EFFECT_WORDS
from provision.text.scenario_words import figure_label
from provision.text.scenarios import outcome_sentences
from provision.text.wording import women_span

if TYPE_CHECKING:
    import pandas as pd


def scenario_json(outcome: Outcome) -> dict[str, Any]:
    """What a scenario does, in the stable form of ``python -m provision scenario --format json``.

    ``gained`` and ``lost`` are the counted areas that become or cease to be covered for certain,
    ``women_gained`` and ``women_lost`` the women there, None where no figure is stated. What was,
    or is left, not stated is in ``gained_not_stated`` and ``lost_not_stated``; the ranges of women
    hold it at their upper end. ``gained_from`` has both, by what they were.

    Counts, gains and losses are by places. ``remote_only`` are the counted areas that nothing but a
    remote hub reaches; they are in ``left`` too. ``hubs`` says of each hub what it is."""
    record, asked = outcome.record, outcome.scenario
    return {
        "on": asked.on.isoformat(),
        **_effects_json(outcome),
        "remote_only": list(outcome.remote_only),
        "hubs": [hub_json(outcome, i) for i in range(len(asked.hubs))],
        "left": {status.value: list(codes) for status, codes in outcome.without.items()},
        **_levels_json(outcome),
        "rests_on_one_provider": {name: list(codes) for name, codes in outcome.alone.items()},
        "rests_on_one_hub": list(outcome.on_one_hub),
        "capacity": capacity_json(capacity(outcome)),
        **_certainty_json(outcome),
        "months": [
            {"month": month, **row} for month, row in outcome.months_table.to_dict("index").items()
        ],
        "sentences": outcome_sentences(outcome),
        "link": write_link(asked, record),
    }


def _effects_json(outcome: Outcome) -> dict[str, Any]:
    """Counts, gains, losses, their women and the cost."""
    return {
        "baseline": {status.value: n for status, n in outcome.baseline_counts.items()},
        "scenario": {status.value: n for status, n in outcome.counts.items()},
        "gained": list(outcome.gained),
        "lost": list(outcome.lost),
        "women_gained": outcome.women_gained.total,
        "women_lost": outcome.women_lost.total,
        "cost": cost_json(cost(outcome), outcome.record),
        "gained_not_stated": list(outcome.perhaps_gained),
        "lost_not_stated": list(outcome.perhaps_lost),
        "gained_from": {status.value: list(codes) for status, codes in outcome.gained_from.items()},
        "women_gained_range": women_range(outcome.women_gained),
        "women_lost_range": women_range(outcome.women_lost),
        "women_from_age": outcome.women_gained.from_age,
        "only_by_hub": list(outcome.only_by_hub),
        "only_by_hub_not_stated": list(outcome.perhaps_only_by_hub),
    }


def _levels_json(outcome: Outcome) -> dict[str, Any]:
    """Areas by level before and after, and those whose level is raised."""
    by_level = {
        level.value: {"baseline": n[0], "scenario": n[1]} for level, n in outcome.by_level.items()
    }
    return {"by_level": by_level, "raised": list(outcome.raised)}


def _certainty_json(outcome: Outcome) -> dict[str, Any]:
    """The rates that are assumed, what holds under how many rules, and what each rule gives."""
    return {
        "assumptions": {
            name: asdict(rate) | {"refs": list(map(str, rate.refs))}
            for name, rate in _rates(outcome).items()
        },
        "holds": {
            c.value: dict(zip(("under", "of"), outcome.holds(c), strict=True)) for c in Conclusion
        },
        "under": [
            {
                "reach": str(u.reach),
                "gained": list(u.gained),
                "lost": list(u.lost),
                "without": list(u.without),
            }
            for u in outcome.under
        ],
    }


def hub_json(outcome: Outcome, i: int) -> dict[str, Any]:
    """One hub: its kind, its rule where it has one, what it visits, as what it is counted, the
    counted areas that it reaches while it is open, and where its kind comes from."""
    record, hub = outcome.record, outcome.scenario.hubs[i]
    kind = hub_kinds(record)[hub.kind]
    return {
        "area": hub.area,
        "kind": kind.id,
        "counted_as": "remote" if kind.remote else "what-if",
        "reach": str(hub.reach) if kind.has_rule else kind.reach.value,
        "visits": list(hub.visits),
        "reaches": list(record_arrays(record).those(record.counted & outcome.reach[i])),
        "basis": kind.basis,
        "refs": list(map(str, kind.refs)),
    }


def scenario_rows(outcome: Outcome) -> list[dict[str, Any]]:
    """Every area as a flat row: what it was, what it is, what the scenario does to it, and its
    women."""
    women = outcome.record.women_by_code(outcome.women_gained.from_age)
    return [
        {
            "code": code,
            "name": row["name"],
            "baseline": row["baseline"].value,
            "scenario": row["scenario"].value,
            "effect": row["effect"].value,
            "in_words": EFFECT_WORDS[row["effect"]],
            "level_before": row["level_before"].value if row["level_before"] else "",
            "level": row["level"].value if row["level"] else "",
            "women": "" if women[str(code)] != women[str(code)] else int(women[str(code)]),
            "counted": "yes" if row["counted"] else "no",
        }
        for code, row in outcome.table.iterrows()
    ]


# Figures that are written as a span, from what is certain to what could be.
_SPANS = (Measure.ONLY_BY_HUB, Measure.GAINED, Measure.LOST)
# Figures that are written as text, since they may not be stated.
_SAID = (Measure.PLACES, Measure.COST_A_YEAR, Measure.COST_IN_ALL)


def figures(outcome: Outcome) -> list[dict[str, Any]]:
    """The figures of a scenario as flat rows: ``figure``, ``baseline``, ``scenario``; what is not
    stated is said so."""
    region = outcome.record.file.region
    return [
        {"figure": figure_label(f, region), "baseline": _before(f), "scenario": _after(f)}
        for f in scenario_figures(outcome)
    ]


def comparison_table(found: Comparison) -> pd.DataFrame:
    """All figures of scenarios side by side: one row a figure, one column a scenario, as text or
    numbers."""
    import pandas as pd

    columns = [figures(outcome) for outcome in found.outcomes]
    index = pd.Index([row["figure"] for row in columns[0]], name="figure")
    return object_frame(
        {
            name: [row["scenario"] for row in rows]
            for name, rows in zip(found.names, columns, strict=True)
        },
        index,
    )


def _before(figure: ScenarioFigure) -> Any:
    if figure.before is None:
        return ""
    return _said(figure.before) if figure.measure in _SAID else figure.before


def _after(figure: ScenarioFigure) -> Any:
    if figure.women:
        return women_span(figure.women)
    if figure.measure in _SPANS:
        return (
            f"{figure.after} to {figure.most}" if figure.after != figure.most else f"{figure.after}"
        )
    return _said(figure.after) if figure.measure in _SAID else figure.after


def cost_json(found: Cost, record: Record) -> dict[str, Any]:
    """A cost with every line's arithmetic; amounts in the record's currency, None where not
    stated; and the caution that holds for all of them."""
    caution = cost_caution(record)
    lines = [
        {
            "what": line.what,
            "annual": _money(line.annual),
            "period": _money(line.period),
            "arithmetic": line.arithmetic,
        }
        for line in found.lines
    ]
    sums = {
        "annual": _money(found.annual),
        "period": _money(found.period),
        "months": found.months,
        "currency": "GBP",
    }
    said = {"caution": caution.text, "caution_refs": list(map(str, caution.refs))}
    return {**sums, "not_stated": list(found.lacking), "lines": lines, **said}


def capacity_json(found: Capacity) -> dict[str, Any]:
    """Places for women a year, and what states none."""

    def places(part: Places) -> dict[str, Any]:
        return {"women_a_year": round(part.women, 1), "not_stated": list(part.lacking)}

    return {
        "baseline": places(found.baseline),
        "contracts": places(found.contracts),
        "hubs": places(found.hubs),
        "remote": places(found.remote),
        "shortfall": _money(found.shortfall),
    }


def best_json(record: Record, best: Best, asked: LocationProblem) -> dict[str, Any]:
    """The best sets, in the stable form of ``python -m provision best-hubs --format json``.

    ``gain_not_stated`` and ``gain_lapsed`` are those of the first set; ``also`` gives them for
    every set listed."""
    first = best.choices[0]
    return {
        "gain": best.gain,
        "ties": best.ties,
        "sets": [list(choice.areas) for choice in best.choices],
        "method": best.method.value,
        "gap": best.gap,
        "gain_not_stated": first.gain_not_stated,
        "gain_lapsed": first.gain_lapsed,
        "also": [
            {"gain_not_stated": c.gain_not_stated, "gain_lapsed": c.gain_lapsed}
            for c in best.choices
        ],
        "reach": str(asked.catchment),
        "weigh": asked.objective.value,
        "fixed": [hub.area for hub in asked.start(record).hubs],
        "excluded": sorted(asked.excluded),
        "areas_without_figure": best.unknown,
    }


def best_rows(record: Record, best: Best) -> list[dict[str, Any]]:
    """The best sets as flat rows."""
    return [
        {
            "set": n,
            "codes": " ".join(choice.areas),
            "names": "; ".join(record.by_code[code].name for code in choice.areas),
            "gain": choice.gain,
            "gain_not_stated": choice.gain_not_stated,
            "gain_lapsed": choice.gain_lapsed,
        }
        for n, choice in enumerate(best.choices, 1)
    ]


def scenario_text(outcome: Outcome) -> str:
    """What a scenario does, for a terminal: its sentences, its figures, and every area that it
    changes."""
    from provision.export.writing import to_text

    changed = [row for row in scenario_rows(outcome) if row["effect"] != "unchanged"]
    spent = [
        {"for": line.what, "a year": _said(line.annual), "arithmetic": line.arithmetic}
        for line in cost(outcome).lines
    ]
    rated = [
        {
            "assumption": called(name, r),
            "value": "not stated" if r.value is None else f"{r.value:,.2f}",
            "arithmetic": r.arithmetic,
        }
        for name, r in _rates(outcome).items()
    ]
    parts = [*outcome_sentences(outcome), to_text(figures(outcome)), to_text(changed)]
    return "\n\n".join([*parts, *([to_text(spent), to_text(rated)] if spent else [])])


def best_text(record: Record, asked: LocationProblem, best: Best) -> str:
    """The best sets for a terminal: one sentence and the sets."""
    from provision.export.writing import to_text

    return f"{best_sentence(record, asked, best)}\n\n{to_text(best_rows(record, best))}"


def women_range(women: Women) -> list[int | None]:
    """From the women of whom it is certain to those of whom it may be so; None where a bound is not
    stated."""
    return [
        women.total,
        (
            None
            if women.total is None or women.possible is None or women.possible_missing
            else women.total + women.possible
        ),
    ]


def _rates(outcome: Outcome) -> dict[str, Any]:
    return vars(rates(outcome.record, outcome.scenario.assumptions))


def _said(value: float | None) -> str:
    return "not stated" if value is None else f"{value:,.0f}"


def _money(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
