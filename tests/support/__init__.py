"""What several test files share. Small texts and records are here by name; the rest is imported
from the module that has it: pages as scripts (``apps``, ``scenario_page``, ``room``), what
hypothesis makes up (``regions``, ``scenario_cases``, ``scenario_texts``, ``graphs``), a browser
(``looking``), a PostgreSQL server (``postgres``)."""

from support.records import (
    CITY,
    ROOT,
    SERVICES,
    SOME_DAY,
    Sketch,
    answer,
    assert_fault,
    boroughs,
    changed,
    line_of,
    one_clean_line,
    only_problem,
    problems_in,
    refusal,
    run,
    sketch,
)

__all__ = [
    "CITY",
    "ROOT",
    "SERVICES",
    "SOME_DAY",
    "Sketch",
    "answer",
    "assert_fault",
    "boroughs",
    "changed",
    "line_of",
    "one_clean_line",
    "only_problem",
    "problems_in",
    "refusal",
    "run",
    "sketch",
]
