"""Scenario 34: communities are spread over activists by load, and least of them move when somebody leaves."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.support.assignment import Activist, Community, spread

AREAS = st.sampled_from(["가정동", "석남동", "청라동"])


def loads(given_to: dict[str, str]) -> list[int]:
    return sorted(Counter(given_to.values()).values(), reverse=True)


def numbered(number: int, activist: str | None = None) -> list[Community]:
    return [Community(f"c{each:02}", activist_id=activist) for each in range(number)]


def team(number: int) -> list[Activist]:
    return [Activist(f"a{each}") for each in range(number)]


def moves(communities: list[Community], given_to: dict[str, str]) -> int:
    return sum(each.activist_id != given_to[each.id] for each in communities)


def test_53_over_7_are_8_8_8_8_7_7_7():
    assert loads(spread(numbered(53), team(7))) == [8, 8, 8, 8, 7, 7, 7]


def test_only_the_communities_of_the_one_who_leaves_move():
    before = spread(numbered(53), team(7))
    communities = [Community(each, activist_id=activist) for each, activist in before.items()]
    after = spread(communities, team(7)[1:])
    assert loads(after) == [9, 9, 9, 9, 9, 8]
    assert {each for each in before if before[each] != after[each]} == {each for each in before if before[each] == "a0"}


def test_spreading_again_moves_nothing():
    before = spread(numbered(53), team(7))
    communities = [Community(each, activist_id=activist) for each, activist in before.items()]
    assert spread(communities, team(7)) == before


def test_who_has_communities_elsewhere_gets_fewer():
    given_to = Counter(spread(numbered(10), [Activist("busy", elsewhere=6), Activist("free")]).values())
    assert given_to == {"busy": 2, "free": 8}


def test_communities_go_to_their_own_area_where_there_is_a_choice():
    communities = [Community("c1", "청라동"), Community("c2", "가정동")]
    assert spread(communities, [Activist("a1", "가정동"), Activist("a2", "청라동")]) == {"c1": "a2", "c2": "a1"}


def test_nobody_to_spread_over_is_an_error():
    with pytest.raises(ValueError, match="nobody"):
        spread(numbered(1), [])


@st.composite
def situations(draw, most_communities: int = 40, most_activists: int = 8):
    activists = [
        Activist(f"a{number}", draw(AREAS), draw(st.integers(0, 6)))
        for number in range(draw(st.integers(1, most_activists)))
    ]
    holders = st.sampled_from([None, "left", *(each.id for each in activists)])
    communities = [
        Community(f"c{number:02}", draw(AREAS), draw(holders))
        for number in range(draw(st.integers(0, most_communities)))
    ]
    return communities, activists


def is_balanced(given_to: dict[str, str], activists: list[Activist]) -> bool:
    """No community could go to somebody who has two fewer."""
    own = Counter(given_to.values())
    whole = {each.id: each.elsewhere + own[each.id] for each in activists}
    return all(whole[giver] - min(whole.values()) <= 1 for giver in own)


@given(situations())
def test_every_community_has_an_activist_and_the_loads_are_balanced(situation):
    communities, activists = situation
    given_to = spread(communities, activists)
    assert given_to.keys() == {each.id for each in communities}
    assert set(given_to.values()) <= {each.id for each in activists}
    assert is_balanced(given_to, activists)


@given(situations(most_communities=5, most_activists=3))
def test_no_balanced_way_has_fewer_moves(situation):
    """Against all the ways there are."""
    communities, activists = situation
    ways = (
        dict(zip((each.id for each in communities), chosen, strict=True))
        for chosen in product([each.id for each in activists], repeat=len(communities))
    )
    fewest = min(moves(communities, way) for way in ways if is_balanced(way, activists))
    assert moves(communities, spread(communities, activists)) == fewest


@given(situations(), st.randoms())
def test_the_order_of_what_is_given_does_not_matter(situation, random):
    communities, activists = situation
    before = spread(communities, activists)
    random.shuffle(communities)
    random.shuffle(activists)
    assert spread(communities, activists) == before


@given(situations())
def test_spreading_twice_is_spreading_once(situation):
    communities, activists = situation
    once = spread(communities, activists)
    again = [Community(each.id, each.area, once[each.id]) for each in communities]
    assert spread(again, activists) == once
