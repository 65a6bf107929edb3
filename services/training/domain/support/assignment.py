"""The communities of a programme, spread over its activists by load: 53 over 7 are 8,8,8,8,7,7,7.

Source: DOMAIN, Grant programme support; scenario 34.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """activist_id: who has it now; None: nobody, or somebody who has left."""

    id: str
    area: str = ""
    activist_id: str | None = None


@dataclass(frozen=True)
class Activist:
    """elsewhere: communities that they have in other programmes."""

    id: str
    area: str = ""
    elsewhere: int = 0


def spread(communities: Sequence[Community], activists: Sequence[Activist]) -> dict[str, str]:
    """activist id by community id. No two loads (with `elsewhere`) differ by more than one where a community could be
    given to the smaller, and of all such ways it is one with the fewest moves: a community leaves its activist only
    where that one has too many. Who gets one goes by area where there is a choice. The order of what is given does not
    matter. Raises ValueError: there is nobody.
    """
    if not activists:
        raise ValueError("communities cannot be spread over nobody")
    communities = sorted(communities, key=lambda each: each.id)
    known = {each.id: each for each in sorted(activists, key=lambda each: each.id)}
    held: dict[str, list[Community]] = {each: [] for each in known}
    for community in communities:
        if community.activist_id in held:
            held[community.activist_id].append(community)
    share = shares(len(communities), list(known.values()), {each: len(held[each]) for each in known})
    kept = {
        community.id: activist.id
        for activist in known.values()
        for community in sorted(held[activist.id], key=lambda each: each.area != activist.area)[: share[activist.id]]
    }
    room = {each: share[each] - sum(1 for kept_by in kept.values() if kept_by == each) for each in known}
    loose = [each for each in communities if each.id not in kept]
    return {**kept, **_given(loose, room, known)}


def shares(number: int, activists: Sequence[Activist], held: Mapping[str, int]) -> dict[str, int]:
    """How many each gets: one after the other to whom has the least. Of several with the least, who holds more than
    they have been given so far comes first, since that community then need not move; then by id.
    """
    share = {each.id: 0 for each in activists}
    for _ in range(number):
        least = min(
            activists,
            key=lambda each: (each.elsewhere + share[each.id], share[each.id] >= held[each.id], each.id),
        )
        share[least.id] += 1
    return share


def _given(loose: Sequence[Community], room: dict[str, int], known: Mapping[str, Activist]) -> dict[str, str]:
    given: dict[str, str] = {}
    for same_area in (True, False):
        for community in loose:
            if community.id in given:
                continue
            fitting = [
                each for each in known if room[each] > 0 and (known[each].area == community.area or not same_area)
            ]
            if fitting:
                chosen = max(fitting, key=lambda each: room[each])
                given[community.id] = chosen
                room[chosen] -= 1
    return given
