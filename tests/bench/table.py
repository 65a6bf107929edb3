"""How figures are shown, each as soon as it is there."""

from __future__ import annotations

from collections.abc import Iterable

from tests import servers


def show(figures: Iterable[tuple[str, str]]) -> None:
    """Of labels and figures. With the servers that they need."""
    servers.start_all()
    for label, figure in figures:
        print(f"{label:78}  {figure}", flush=True)
