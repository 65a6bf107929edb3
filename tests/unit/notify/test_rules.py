"""Who hears of what, and what notify reads of it."""

import json
from collections import Counter
from pathlib import Path

import pytest
from marshmallow import ValidationError

from services.booking.contract.vocabulary import RejectReason
from services.chassis.errors import NotFound
from services.notify.domain.audience import STAFF, TENANTS, Group, GroupKind
from services.notify.domain.language import Language
from services.notify.domain.message import Category
from services.notify.domain.news.booking import BOOKING, REJECT_REASONS
from services.notify.domain.rules import RULES, rule_for
from services.notify.service import NotifyService
from tests.unit.notify.golden import KINDS, SEOUL, news

SAMPLES = Path("tests/contracts/events")


def test_table_says_who_hears_of_bookings():
    told = [(rule.event, rule.category, rule.to, rule.groups) for rule in RULES if rule.source == "booking"]
    requester, must, may = ("requester_id",), Category.MANDATORY, Category.SERVICE
    assert told == [
        ("booking_requested", may, requester, ()),
        ("booking_approved", must, requester, ()),
        ("booking_rejected", must, requester, ()),
        ("booking_changed", must, requester, ()),
        ("booking_cancelled", must, requester, ()),
        ("booking_expired", must, requester, ()),
        ("booking_no_show", must, requester, ()),
        ("booking_undecided", may, (), (STAFF,)),
        ("penalty_imposed", must, ("person_id",), ()),
        ("closure_declared", may, (), (TENANTS, STAFF)),
        ("closure_extended", may, (), (TENANTS, STAFF)),
        ("closure_lifted", may, (), (TENANTS, STAFF)),
    ]


def test_every_rule_is_one_row_and_one_subscription():
    rows = Counter((rule.source, rule.event) for rule in RULES)
    heard = Counter((each.source, each.name) for each in NotifyService.announce.subscriptions)
    assert set(rows.values()) == {1}
    assert heard == rows


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.source}.{rule.event}")
def test_rule_reads_what_its_kind_has_and_tells_somebody(rule):
    assert set(rule.to) <= rule.kind.fields.keys()
    assert set(rule.kind.line) <= rule.kind.words.keys()
    assert bool(rule.to or rule.groups)
    told = rule.kind.schema().load(rule.kind.example)
    if rule.to:
        assert told.people(rule.to) != frozenset()
    for language in Language:
        assert told.words(language, SEOUL).keys() == rule.kind.offers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.source}.{rule.event}")
def test_rule_reads_the_golden_sample_of_its_event_if_there_is_one_yet(rule):
    sample = SAMPLES / f"madang.{rule.source}.{rule.event}.v1.golden.json"
    if not sample.exists():
        assert rule.source in {"training", "recruitment"}
        return
    data = json.loads(sample.read_text(encoding="utf-8"))["data"]
    told = rule.kind.schema().load(data)
    assert all(isinstance(text, str) for text in told.words(Language.KO, SEOUL).values())
    if rule.to and rule.applies(told.facts):
        assert rule.audience(told) != frozenset()


def test_rule_is_found_by_source_and_type():
    assert rule_for("/madang/booking", "madang.booking.booking_approved.v1") is RULES[1]


@pytest.mark.parametrize(
    ("source", "event_type"),
    [
        ("/madang/training", "madang.booking.booking_approved.v1"),
        ("/madang/booking", "madang.booking.unheard_of.v1"),
        ("", ""),
        ("/", "."),
    ],
)
def test_event_without_a_rule_is_refused(source: str, event_type: str):
    with pytest.raises(NotFound):
        rule_for(source, event_type)


def test_news_ignores_what_it_does_not_use_and_bears_what_may_be_missing():
    loaded = BOOKING.schema().load(
        {
            "requester_id": "resident-1",
            "space_names": {"ko": "교육장 1", "en": "Classroom 1"},
            "title": "마을 잔치 준비 모임",
            "start": "2020-03-20T10:00:00+09:00",
            "end": "2020-03-20T12:00:00+09:00",
            "colour": "red",
        }
    )
    assert loaded.facts == news(BOOKING, "bare").facts
    assert "colour" not in loaded.facts


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_news_of_something_else_is_off_its_schema(kind):
    for foreign in ({}, {"colour": "red"}):
        with pytest.raises(ValidationError):
            kind.schema().load(foreign)


def test_news_of_a_space_without_any_name_is_off_its_schema():
    with pytest.raises(ValidationError) as caught:
        BOOKING.schema().load({**BOOKING.example, "space_names": {}})
    assert list(caught.value.messages) == ["space_names"]


def test_every_reject_reason_of_booking_is_in_words_of_both_languages():
    assert set(REJECT_REASONS) == set(RejectReason)
    korean = {reason(code, Language.KO) for code in RejectReason}
    english = {reason(code, Language.EN) for code in RejectReason}
    assert len(korean) == len(english) == len(RejectReason)
    assert korean.isdisjoint(english)


def test_every_text_of_the_news_is_in_korean():
    """Whatever can be said of an example, none of it is left in English."""
    for kind in KINDS.values():
        for field, word in (("reason_code", "reason"), ("status", "outcome")):
            if field in kind.fields and word in kind.words:
                told = kind.schema().load({**kind.example})
                english, korean = (told.words(each, SEOUL)[word] for each in (Language.EN, Language.KO))
                assert english != korean


def test_reason_that_is_not_known_yet_is_told_as_another():
    assert reason("too_loud", Language.KO) == reason("other", Language.KO) != ""
    assert reason(None, Language.KO) == ""


def test_space_without_a_name_in_the_language_is_called_as_it_is_called():
    renamed = BOOKING.schema().load({**BOOKING.example, "space_names": {"vi": "Phòng học 1"}})
    assert renamed.words(Language.KO, SEOUL)["space"] == "Phòng học 1"


@pytest.mark.parametrize(("requester_id", "told"), [("resident-1", {"resident-1"}), ("", set())])
def test_booking_of_nobody_is_told_to_nobody(requester_id, told):
    rule = rule_for("/madang/booking", "madang.booking.booking_cancelled.v1")
    assert rule.audience(rule.kind.schema().load({**BOOKING.example, "requester_id": requester_id})) == told


def test_series_lists_its_dates_and_a_single_booking_does_not():
    series = news(BOOKING)
    assert series.words(Language.EN, SEOUL)["dates"] == "- Fri 20 March, 10:00–12:00\n- Fri 27 March, 10:00–12:00"
    single = BOOKING.schema().load({**BOOKING.example, "occurrences": BOOKING.example["occurrences"][:1]})
    assert single.words(Language.EN, SEOUL)["dates"] == ""


def test_line_of_a_digest_says_when_where_and_what():
    assert news(BOOKING).line(Language.KO, SEOUL) == "3월 20일 (금) 10:00–12:00 · 교육장 1 · 마을 잔치 준비 모임"


@pytest.mark.parametrize(("kind", "key"), [(GroupKind.COURSE, ""), (GroupKind.STAFF, "x")])
def test_group_has_a_key_where_it_needs_one_and_nowhere_else(kind, key):
    with pytest.raises(ValueError, match="key"):
        Group(kind, key)


def reason(code: str | None, language: Language) -> str:
    told = BOOKING.schema().load({**BOOKING.example, "reason_code": code})
    return told.words(language, SEOUL)["reason"]
