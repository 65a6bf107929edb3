"""Who hears of what, and what notify reads of it."""

from collections import Counter
from dataclasses import replace

import pytest

from services.booking.domain.lifecycle import RejectReason
from services.chassis.errors import NotFound
from services.notify.domain.language import Language
from services.notify.domain.message import Category
from services.notify.domain.news import REJECT_REASONS, BookingNewsSchema, reason_in_words
from services.notify.domain.rules import RULES, rule_for
from services.notify.service import NotifyService
from tests.unit.notify.golden import BOOKING, SEOUL


def test_table_says_who_hears_of_which_event():
    assert [(rule.source, rule.event, rule.category, rule.template, rule.audience(BOOKING)) for rule in RULES] == [
        ("booking", "booking_requested", Category.SERVICE, "booking_requested", {"resident-1"}),
        ("booking", "booking_approved", Category.MANDATORY, "booking_approved", {"resident-1"}),
        ("booking", "booking_rejected", Category.MANDATORY, "booking_rejected", {"resident-1"}),
        ("booking", "booking_cancelled", Category.MANDATORY, "booking_cancelled", {"resident-1"}),
    ]


def test_every_rule_is_one_row_and_one_subscription():
    rows = Counter((rule.source, rule.event) for rule in RULES)
    heard = Counter((each.source, each.name) for each in NotifyService.announce.subscriptions)
    assert set(rows.values()) == {1}
    assert heard == rows


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
    loaded = BookingNewsSchema().load(
        {
            "requester_id": "resident-1",
            "space_names": {"ko": "교육장 1", "en": "Classroom 1"},
            "title": "마을 잔치 준비 모임",
            "start": "2020-03-20T10:00:00+09:00",
            "end": "2020-03-20T12:00:00+09:00",
            "colour": "red",
        }
    )
    assert loaded == BOOKING


def test_every_reject_reason_of_booking_is_in_words_of_both_languages():
    assert set(REJECT_REASONS) == set(RejectReason)
    korean = {reason_in_words(code, Language.KO) for code in RejectReason}
    english = {reason_in_words(code, Language.EN) for code in RejectReason}
    assert len(korean) == len(english) == len(RejectReason)
    assert korean.isdisjoint(english)


def test_reason_that_is_not_known_yet_is_told_as_another():
    assert reason_in_words("too_loud", Language.KO) == reason_in_words("other", Language.KO)
    assert reason_in_words(None, Language.KO) == ""


def test_space_without_a_name_in_the_language_is_called_as_it_is_called():
    renamed = replace(BOOKING, space_names={"vi": "Phòng học 1"})
    assert renamed.words(Language.KO, SEOUL)["space"] == "Phòng học 1"
