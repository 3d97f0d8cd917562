"""Plain data as YAML text that :func:`provision.io.reading.read_yaml` reads back the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Without aliases, which the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def yaml_text(data: Mapping[str, Any]) -> str:
    """Plain data as YAML.

    Parameters
    ----------
    data
        Plain data.

    Returns
    -------
    str
        In the order that it has."""
    plain = dict(data)
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
