"""Whether the tests depend on how busy the machine is: ``python -m tools.steady [ROUNDS]`` runs all
of them so often, with two busy loops beside them, and ends with the number of rounds that
failed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BUSY = "while True: pass"
LOOPS = 2
HALVES = (
    ("-n", "2", "--dist", "loadgroup", "--ignore", "tests/browser"),
    ("-n", "2", "--dist", "loadfile", "tests/browser"),
)


@contextmanager
def busy() -> Iterator[None]:
    """Loops that take all the time they are given, until the end of the block."""
    loops = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def main(rounds: int) -> int:
    """Run every test so often; returns how many rounds failed."""
    failed = 0
    with busy():
        for number in range(1, rounds + 1):
            codes = [
                subprocess.run(
                    [sys.executable, "-m", "pytest", "-q", *half], check=False
                ).returncode
                for half in HALVES
            ]
            failed += any(codes)
            print(f"round {number} of {rounds}: {'failed' if any(codes) else 'passed'}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
