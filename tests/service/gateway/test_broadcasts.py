"""Templates and broadcasts over HTTP: versions by If-Match, bad input refused clearly and in words."""

import pytest

from tests.service.gateway.conftest import problem_of
from tests.waiting import wait_until

TEMPLATE = "/templates/booking_rejected/email/ko"
TEXTS = {"ko": {"subject": "마을 잔치", "body": "토요일에 만납니다."}}
WANTED = {"category": "service", "audience": {"kind": "everyone"}, "channels": ["inbox"], "texts": TEXTS}


def test_template_is_changed_by_who_has_read_its_last_version(madang, staff):
    read = madang.call("GET", TEMPLATE, staff)
    assert (read.json()["version"], read.headers["ETag"][:3]) == (0, '"0-')
    source = {"source": "{{ space }}\n{{ reason }}"}
    tagged = {"If-Match": read.headers["ETag"]}
    assert madang.call("PUT", TEMPLATE, staff, json=source, headers=tagged).json()["version"] == 1
    problem_of(madang.call("PUT", TEMPLATE, staff, json={"source": "a\nb"}, headers=tagged), 412, "stale_version")
    problem_of(madang.call("PUT", TEMPLATE, staff, json={"source": "a\nb", "version": 7}), 409, "stale_version")
    assert madang.call("GET", TEMPLATE, staff).json()["source"] == source["source"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("제목\n{{ colour }}", "쓸 수 없는 이름이 있습니다: colour"),
        ("제목\n{{ ''.__class__ }}", "서식에는 글과 이름"),
        ("제목\n{{ space", "서식으로 읽을 수 없습니다"),
    ],
)
def test_template_that_cannot_be_used_is_refused_in_words(madang, staff, source, said):
    for method, path in (("PUT", TEMPLATE), ("POST", f"{TEMPLATE}/preview")):
        problem = problem_of(madang.call(method, path, staff, json={"source": source}), 409, "template_invalid")
        assert said in problem["refusals"][0]["message"]


@pytest.mark.parametrize(
    "path", ["/templates/never_written/email/ko", "/templates/notice/pigeon/ko", "/templates/notice/email/zh"]
)
def test_template_that_is_none_is_not_found(madang, staff, path):
    problem_of(madang.call("GET", path, staff), 404, "not_found")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"texts": {"ko": {"subject": "제목\r\nBcc: x@example.com", "body": "글"}}}, "texts"),
        ({"texts": {"ko": {"subject": "제목", "body": "글" * 100_000}}}, "texts"),
        ({"texts": {}}, "texts"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"category": "mandatory"}, "category"),
        ({"audience": {"kind": "course"}}, "audience"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_broadcast_is_refused_with_its_place(madang, staff, wrong, where):
    problem = problem_of(madang.call("POST", "/broadcasts", staff, json={**WANTED, **wrong}), 422)
    assert where in problem["errors"]


def test_body_of_more_than_a_megabyte_is_too_large(madang, staff):
    huge = {**WANTED, "texts": {"ko": {"subject": "제목", "body": "x" * 1_100_000}}}
    problem_of(madang.call("POST", "/broadcasts", staff, json=huge), 413, "too_large")


def test_broadcast_from_the_draft_to_the_inbox_of_a_resident(madang, staff, resident):
    madang.call("PUT", "/me/contact", resident, json={"email": "minji@example.org", "locale": "ko"})
    draft = madang.call("POST", "/broadcasts", staff, json=WANTED)
    assert draft.status_code == 201, draft.text
    one = f"/broadcasts/{draft.json()['id']}"
    counted = madang.call("GET", f"{one}/recipients", staff).json()
    assert counted["people"] == counted["reached"] == counted["channels"][0]["goes"] >= 1
    sent = madang.call("POST", f"{one}/send", staff, json={"version": draft.json()["version"]})
    assert (sent.status_code, sent.json()["state"]) == (202, "scheduled")
    all_sent = {"sent": counted["people"]}
    wait_until(lambda: madang.call("GET", one, staff).json()["progress"]["messages"] == all_sent)
    inbox = madang.call("GET", "/me/inbox", resident).json()
    assert "마을 잔치" in [each["subject"] for each in inbox["items"]]
    problem_of(madang.call("POST", f"{one}/cancel", staff), 409, "illegal_transition")
