"""Whether the tests notice: ``python -m tools.mutants [NAME ...]`` changes a module a little at a
time (mutmut) and runs the tests that stand where the module does, each time.

Every name is worked in a copy of the project under ``test-results/mutants/NAME``, so that the
project itself is never changed. At the end stand how many mutants were killed, and the survivors
with what was changed. Survivors that may live are in ``docs/mutants.md``, with a reason each.

All mutants of a large module take long: ``--sample N`` tries N of each name, drawn with
``--seed``."""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results" / "mutants"
COPIED = (
    *("provision", "components", "pages", "tests", "data", "geo", "fuzz", "tools", "benchmarks"),
    *("examples", "static", "app.py", "pyproject.toml", ".streamlit"),
)
MODULES: dict[str, tuple[str, ...]] = {
    "status": ("coverage/status", "coverage/kernel", "coverage/arrays"),
    "timeline": ("coverage/timeline",),
    "need": ("coverage/need",),
    "reach": ("themes/reach",),
    "evaluate": ("scenarios/evaluate",),
    "catchment": ("location/catchment",),
    "best_hubs": (
        *("location/best_hubs", "location/problem"),
        *("location/every_set", "location/covering_model"),
    ),
    "reading": ("io/reading",),
    "boundaries": ("io/boundaries",),
    "sidecars": ("io/sidecars", "io/figures", "io/neighbours", "io/table_rows"),
    "checks": ("io/checks",),
    "theme_checks": ("io/theme_checks",),
    "field_errors": ("io/field_errors",),
}
# Tests of other places that a module is tested by too.
MORE: dict[str, tuple[str, ...]] = {
    "status": (
        "tests/data/test_boroughs.py",
        "tests/provision/coverage/test_timeline.py",
        "tests/provision/scenarios/test_hub_reach.py",
    ),
    "reading": ("tests/fuzz/test_cases.py",),
    "field_errors": ("tests/provision/schema", "tests/fuzz/test_cases.py"),
    "catchment": ("tests/provision/location/test_best_hubs.py",),
    "evaluate": (
        "tests/provision/scenarios/test_compare.py",
        "tests/provision/scenarios/test_hub_reach.py",
    ),
}


@dataclass(frozen=True)
class Found:
    """How the mutants of one name fared; ``survivors`` by their names."""

    name: str
    killed: int
    survivors: tuple[str, ...]

    @property
    def share(self) -> float:
        """The killed among all, from 0 to 1."""
        return self.killed / max(self.killed + len(self.survivors), 1)


def main(words: list[str]) -> int:
    """Mutate what is named (everything, where nothing is); returns how many names fall short."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(MODULES)}")
    parser.add_argument("--sample", type=int, metavar="N", help="try N mutants of each name")
    parser.add_argument("--seed", type=int, default=11, help="what the sample is drawn with (11)")
    args = parser.parse_args(words)
    if unknown := set(args.names) - set(MODULES):
        parser.error(f"no name is {', '.join(sorted(unknown))}; choose from {', '.join(MODULES)}")
    found = [mutate(name, args.sample, args.seed) for name in args.names or MODULES]
    for one in found:
        all_of_them = one.killed + len(one.survivors)
        print(f"{one.name}: {one.killed} of {all_of_them} killed ({one.share:.0%})")
    return sum(one.share < 0.9 for one in found)


def mutate(name: str, sample: int | None = None, seed: int = 0) -> Found:
    """Mutate one name in a copy, all of it or a sample; prints what changed in every survivor."""
    folder = RESULTS / name
    _copy(folder, name)
    if sample:
        _run(folder, "none of them")  # makes the mutants, and sees what each test runs through
        known = sorted(_fates(folder))
        chosen = random.Random(seed).sample(known, min(sample, len(known)))  # noqa: S311
        print(f"{name}: {len(chosen)} of {len(known)} mutants, drawn with seed {seed}")
        _run(folder, *chosen)
        fates = {one: fate for one, fate in _fates(folder).items() if one in set(chosen)}
    else:
        _run(folder)
        fates = _fates(folder)
    if not fates or "not checked" in fates.values():
        raise SystemExit(f"{name}: not every mutant was tried; see {folder / 'mutmut.log'}")
    survivors = tuple(one for one, fate in fates.items() if fate in ("survived", "no tests"))
    for one in survivors:
        print(f"---- {name}: {one} ({fates[one]})\n{_mutmut(folder, 'show', one)}")
    return Found(name, len(fates) - len(survivors), survivors)


def _run(folder: Path, *names: str) -> None:
    """Try the mutants that are named, or all."""
    with (folder / "mutmut.log").open("a", encoding="utf-8") as out:
        command = [sys.executable, "-m", "mutmut", "run", *names]
        subprocess.run(
            command,
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"HYPOTHESIS_PROFILE": "mutants"},
            check=False,
        )


def _fates(folder: Path) -> dict[str, str]:
    """What became of each mutant, by its name."""
    said = _mutmut(folder, "results", "--all", "true")
    return dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+)$", said, flags=re.MULTILINE))


def _copy(folder: Path, name: str) -> None:
    """The project as it is, with what mutmut is to do written into its settings."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in COPIED:
        own = ROOT / part
        if own.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "__snapshots__", "pictures")
            shutil.copytree(own, folder / part, ignore=ignored)
        else:
            shutil.copy(own, folder / part)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(_settings(name))


def _settings(name: str) -> str:
    files = [f"provision/{module}.py" for module in MODULES[name]]
    copied = [part for part in COPIED if part not in ("provision", "tests", "pyproject.toml")]
    return (
        "\n[tool.mutmut]\n"
        'source_paths = ["provision"]\n'
        f"only_mutate = {files}\n"
        f"also_copy = {copied}\n"
        f"pytest_add_cli_args_test_selection = {_tests(name)}\n"
        'pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider", "-x"]\n'
    )


def _tests(name: str) -> list[str]:
    """The tests that stand where the modules do, and those named beside them."""
    found = {
        str(path.relative_to(ROOT))
        for module in MODULES[name]
        for path in (ROOT / "tests" / "provision" / module).parent.glob(
            f"test_{Path(module).name}*.py"
        )
    }
    return sorted(found | set(MORE.get(name, ())))


def _mutmut(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False
    ).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
