"""Languages and dates in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.chassis.period import Period
from services.notify.domain.language import Language, language_for, period_in_words

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("start", "end", "korean", "english"),
    [
        ("2020-03-20T10:00", "2020-03-20T12:00", "3월 20일 (금) 10:00–12:00", "Fri 20 March, 10:00–12:00"),
        ("2020-03-01T09:00", "2020-03-01T09:30", "3월 1일 (일) 09:00–09:30", "Sun 1 March, 09:00–09:30"),
        ("2020-03-31T22:00", "2020-04-01T00:00", "3월 31일 (화) 22:00–24:00", "Tue 31 March, 22:00–24:00"),
        (
            "2020-03-31T22:00",
            "2020-04-01T02:00",
            "3월 31일 (화) 22:00–4월 1일 (수) 02:00",
            "Tue 31 March, 22:00–Wed 1 April, 02:00",
        ),
    ],
)
def test_period_is_told_as_people_of_the_centre_read_it(start: str, end: str, korean: str, english: str):
    period = Period(
        datetime.fromisoformat(start).replace(tzinfo=SEOUL), datetime.fromisoformat(end).replace(tzinfo=SEOUL), SEOUL
    )
    assert (period_in_words(period, Language.KO), period_in_words(period, Language.EN)) == (korean, english)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ko", "ko"), ("ko-KR", "ko"), ("KO_kr", "ko"), ("en-GB", "en"), ("zh", "en"), ("kok", "en"), ("", "en")],
)
def test_other_languages_fall_back(locale: str, language: str):
    assert language_for(locale, Language.EN) == language
