"""The gates as rules: what they let through is what an independent reading of the rules lets through."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.contract.vocabulary import Action, Kind, Purpose, Status
from services.booking.domain import gates
from services.booking.domain.application import Applicant, Application, Particulars, Situation
from services.booking.domain.lifecycle import after
from services.booking.profile import BookingSection, build
from services.centre.profile import CentreSchema
from services.chassis.errors import IllegalTransition
from services.chassis.period import Period
from tests import centre

SEOUL = ZoneInfo("Asia/Seoul")
CONTENT = centre.content()
RULES = build({"centre": CentreSchema().load(CONTENT["centre"]), "booking": BookingSection().load(CONTENT["booking"])})


def application(
    start: datetime, hours: float = 2, *, attendees: int = 10, purpose: Purpose = Purpose.COMMUNITY, **other
) -> Application:
    given_ = {
        "space": RULES.spaces["edu-1"],
        "periods": (Period(start, start + timedelta(hours=hours), SEOUL),),
        "particulars": Particulars("모임", purpose, attendees),
        "applicant": Applicant("resident-1", "김주민"),
        "applied_at": datetime(2020, 3, 10, tzinfo=UTC),
        "kind": Kind.RENTAL,
        "rules": RULES,
    }
    return Application(**{**given_, **other})


def codes(of: Application, **situation) -> list[str]:
    return [refusal.code for refusal in gates.refused(of, Situation(**situation))]


def test_ordinary_application_passes():
    assert codes(application(datetime(2020, 3, 20, 10, tzinfo=SEOUL))) == []


@given(st.dates(date(2020, 1, 1), date(2021, 12, 31)), st.integers(-5, 70))
def test_window_lets_through_from_seven_days_to_a_clamped_month(today, days):
    wanted = today + timedelta(days=days)
    month, year = (today.month % 12 + 1, today.year + today.month // 12)
    last_of_month = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    latest = date(year, month, min(today.day, last_of_month))
    found = codes(
        application(
            datetime(wanted.year, wanted.month, wanted.day, 10, tzinfo=SEOUL),
            applied_at=datetime(today.year, today.month, today.day, 23, 59, tzinfo=SEOUL),
        )
    )
    assert ("too_late" in found) == (days < 7)
    assert ("too_early" in found) == (wanted > latest)


@given(st.integers(0, 23), st.integers(1, 30))
def test_hours_let_through_what_lies_within_one_open_day(start, length):
    friday = datetime(2020, 3, 20, start, tzinfo=SEOUL)
    assert ("outside_hours" in codes(application(friday, length))) == (start < 9 or start + length > 21)


def test_staff_may_go_beyond_hours_and_window_but_not_beyond_people():
    night = application(datetime(2020, 3, 31, 22, tzinfo=SEOUL), 4, kind=Kind.STAFF_EVENT, attendees=31)
    assert codes(night) == ["over_capacity"]


@pytest.mark.parametrize(
    ("attendees", "expected"), [(2, ["too_few_attendees"]), (3, []), (30, []), (31, ["over_capacity"])]
)
def test_people_from_three_to_the_capacity(attendees, expected):
    assert codes(application(datetime(2020, 3, 20, 10, tzinfo=SEOUL), attendees=attendees)) == expected


@pytest.mark.parametrize(("minute", "hours"), [(30, 2), (0, 1.5), (15, 0.25)])
def test_only_whole_hours_are_let(minute, hours):
    assert codes(application(datetime(2020, 3, 20, 10, minute, tzinfo=SEOUL), hours)) == ["not_an_hour_unit"]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_purposes_that_are_forbidden(purpose):
    found = codes(application(datetime(2020, 3, 20, 10, tzinfo=SEOUL), purpose=purpose))
    forbidden = purpose in {Purpose.POLITICAL, Purpose.RELIGIOUS, Purpose.COMMERCIAL}
    assert found == (["forbidden_purpose"] if forbidden else [])


LEGAL = {
    (Status.PENDING, Action.APPROVE): Status.APPROVED,
    (Status.PENDING, Action.REJECT): Status.REJECTED,
    (Status.PENDING, Action.CANCEL): Status.CANCELLED,
    (Status.PENDING, Action.CLOSE): Status.CANCELLED,
    (Status.PENDING, Action.EXPIRE): Status.EXPIRED,
    (Status.PENDING, Action.CHANGE): Status.PENDING,
    (Status.PENDING, Action.MOVE): Status.PENDING,
    (Status.APPROVED, Action.CANCEL): Status.CANCELLED,
    (Status.APPROVED, Action.CLOSE): Status.CANCELLED,
    (Status.APPROVED, Action.CHANGE): Status.PENDING,
    (Status.APPROVED, Action.MOVE): Status.APPROVED,
    (Status.APPROVED, Action.CHECK_IN): Status.CHECKED_IN,
    (Status.APPROVED, Action.MISS): Status.NO_SHOW,
}


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("status", list(Status))
def test_every_transition_is_legal_or_raises(status, action):
    if (status, action) in LEGAL:
        assert after(status, action) == LEGAL[status, action]
    else:
        with pytest.raises(IllegalTransition) as caught:
            after(status, action)
        assert caught.value.details == {"state": status, "wanted": action}
