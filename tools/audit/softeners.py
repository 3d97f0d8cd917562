"""How sure a source is, and who says it: the words of ours that keep it.

The readings name a softener as the source has it, or as its reader called it. An entry of the
record keeps it where one of the words beside it stands in the entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLANNED = ("plan", "prepar", "will", "to be", "is to", "are to", "due", "coming", "6 months")
_AIMED = ("aim", "to be confirmed", "target", "vision", "strive")
_POSSIBLE = ("where possible", "wherever possible")
_ASKED = ("?", "ask")
_NEEDED = ("should", "must", "need", "ask", "clear", "commit", "write", "spell", "propos")
HEDGES: Mapping[str, tuple[str, ...]] = {
    "may": ("may", "might", "could", "can"),
    "can": ("can", "could", "may", "might"),
    "could": ("could", "can", "may", "might", "proposed"),
    "often": ("often", "tend"),
    "tend to": ("tend",),
    "likely": ("likely",),
    "suggests": ("suggest",),
    "perceived": ("perce",),
    "up to": ("up to",),
    "over": ("over", "more than"),
    "more than": ("over", "more than"),
    "just over": ("just over",),
    "under": ("under", "fewer than", "less than"),
    "fewer than": ("fewer than",),
    "nearly": ("nearly",),
    "at least": ("at least",),
    "around": ("around", "about"),
    "about": ("around", "about"),
    "approximately": ("around", "about"),
    "only": ("only",),
    "a further": ("a further",),
    "partly adopted": ("partly",),
    "early evidence": ("early",),
    "expected": ("expected",),
    "planned": (*_PLANNED, "terms"),
    "aims": _AIMED,
    "to be confirmed": ("to be confirmed",),
    "to be agreed": ("to be agreed",),
    "aspiration": ("hope", "aspiration"),
    "where possible": _POSSIBLE,
    "wherever feasible": ("feasible",),
    "proposed": ("propos", "kind: proposed"),
    "explore": ("explore",),
    "strive": ("strive",),
    "will work towards": ("working towards",),
    "committed": ("committed",),
    "not automatically": ("automatically",),
    "under review": ("review",),
    "disclosed": ("disclosed", "likely"),
    "in part": ("in part",),
}
# the words of the third reader for the same; a fact may have two, with a comma or semicolon between
HEDGES_OF_THE_THIRD: Mapping[str, tuple[str, ...]] = {
    "aim": _AIMED,
    "aiming": _AIMED,
    "aspiration": ("hope", "aspiration"),
    "baselines to be confirmed": ("to be confirmed",),
    "target to be agreed": ("to be agreed",),
    "expectation": ("expected",),
    "due": ("due", "planned for"),
    "due to begin": ("due",),
    "due to be launched": _PLANNED,
    "planned": (*_PLANNED, "within", "priority", "chance"),
    "wherever possible": _POSSIBLE,
    "asked": _ASKED,
    "invited": ("invited",),
    "early promising evidence": ("early",),
    "most": ("most",),
    "at least (30)": ("at least",),
    "plans": ("means to", "plan"),
    "anticipate": ("anticipate",),
    "preparing to launch": ("prepar",),
    "evaluation found": ("evaluation",),
    "data suggests": ("suggest",),
    "research suggests": ("suggest",),
    "suggestion": ("suggest",),
    "perception": ("perce",),
    "research shows": ("research",),
    "research": ("research",),
    "further work needed": ("still to be worked out",),
    "already identified": ("already",),
    "should": _NEEDED,
    "needs": _NEEDED,
    "needs to be": _NEEDED,
    "must": ("must",),
    "required": ("still to be gathered", "known"),
    "likely higher": ("likely",),
    "likely an underestimate": ("report",),
    "small study finds": ("small",),
    "evidence confirms": ("evidence",),
    "announced": ("announc",),
    "commitment": ("commit",),
    "will strive": ("strive",),
    "exploring": ("explore",),
    "can be": ("can", "may"),
    "say": ("say",),
    "report": ("say", "report"),
    "reported": ("report", "say"),
    "to be available": ("to be available",),
    "will agree a process": ("will be agreed",),
    "identified by women's services": ("women's services",),
    "silent": ("not stated", "in no list", "no passage", "no lot"),
    "a display date": ("listing", "listed"),
}
SPEAKERS: Mapping[str, str] = {
    "participants": r"consult|participant|feedback",
    "strategy": r"strategy|since 2013|prison population",
    "research": (
        r"research|stud|review|survey|evaluation|cited|recommend|Ministry of"
        r" Justice|Councils should|Prison Reform Trust"
    ),
    "consultees": r"consult|participant|feedback",
    "annex, after the evaluation": r"evaluation",
    "annex, after research": r"research",
    "annex, after PRT": r"study",
    "women's services": r"[Ww]omen's services",
    "Prison Reform Trust": r"Prison Reform Trust",
}


def hedge_fault(sure: str, said: str) -> str:
    """Whether an entry, by all that it says, keeps how sure its source is."""
    parts = [sure] if sure in HEDGES else [p.strip() for p in re.split(r"[;,(]", sure)]
    for part in (p.removesuffix(")") for p in parts):
        words = HEDGES.get(part) or HEDGES_OF_THE_THIRD.get(part) or ()
        if words and not any(word in said.casefold() for word in words):
            return f"loses “{part}”"
    return ""


def speaker_fault(speaker: str, said: str) -> str:
    """Whether an entry keeps who says it."""
    pattern = SPEAKERS.get(speaker)
    return f"loses that {speaker} say so" if pattern and not re.search(pattern, said) else ""
