"""A gateway of the previous version works with the services of this one."""

import copy
import json

import pytest

from tests.contracts.previous import FILE, broken_answers, broken_requests, described

PREVIOUS = json.loads(FILE.read_text())
NAME = "training.request_consultation"


@pytest.fixture(scope="module")
def current() -> dict:
    return described()


def broken(previous: dict, current: dict) -> list[str]:
    found = [f"{name} is gone" for name in previous.keys() - current.keys()]
    for name in previous.keys() & current.keys():
        found += [f"{name}: {each}" for each in broken_requests(previous[name]["request"], current[name]["request"])]
        found += [f"{name}: {each}" for each in broken_answers(previous[name]["answer"], current[name]["answer"])]
    return found


def test_what_the_previous_version_sends_and_reads_is_still_right(current):
    assert broken(PREVIOUS, current) == []


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("request", lambda schema: schema["required"].append("urgency")),
        ("request", lambda schema: schema["properties"].pop("need")),
        ("request", lambda schema: schema["properties"]["title"].update(maxLength=100)),
        ("request", lambda schema: schema["properties"]["title"].update(minLength=2)),
        ("request", lambda schema: schema["properties"]["topic"]["enum"].remove("finance")),
        ("request", lambda schema: schema["properties"]["organisation_id"].update(type="string")),
        ("answer", lambda schema: schema["properties"].pop("title")),
        ("answer", lambda schema: schema["properties"]["title"].update(type=["string", "null"])),
        ("answer", lambda schema: schema["properties"]["version"].update(type="string")),
    ],
)
def test_negative_control_a_change_that_breaks_it_is_seen(part, change):
    changed = copy.deepcopy(PREVIOUS)
    change(changed[NAME][part])
    assert len(broken(PREVIOUS, changed)) == 1


def test_a_new_optional_field_breaks_nothing():
    changed = copy.deepcopy(PREVIOUS)
    for part in ("request", "answer"):
        changed[NAME][part]["properties"]["urgency"] = {"type": ["string", "null"]}
    assert broken(PREVIOUS, changed) == []
