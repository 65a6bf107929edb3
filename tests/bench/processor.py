"""Processor time of processes, from /proc: what a figure costs says more on a shared machine than how long it takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_by_name(pids: Mapping[str, list[int]]) -> dict[str, float]:
    """Processor seconds of each name's processes since they began, with all of their children, ended ones too."""
    spent, parents = _processes()
    return {name: sum(spent[each] for each in _with_children(roots, parents)) for name, roots in pids.items()}


def busy_seconds() -> float:
    """Of the whole machine, since it was started; waiting for a disk is not being busy."""
    user, nice, system, _idle, _waiting, interrupts, soft, *_ = _machine()
    return (user + nice + system + interrupts + soft) / _TICKS


def _processes() -> tuple[dict[int, float], dict[int, int]]:
    spent, parents = {}, {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
        after_name = text.rpartition(")")[2].split()
        parents[int(entry.name)] = int(after_name[1])
        spent[int(entry.name)] = sum(int(each) for each in after_name[11:15]) / _TICKS
    return spent, parents


def _with_children(roots: list[int], parents: Mapping[int, int]) -> set[int]:
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found


def _machine() -> list[int]:
    with Path("/proc/stat").open(encoding="ascii") as file:
        return [int(each) for each in file.readline().split()[1:]]
