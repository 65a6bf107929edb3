"""What lists show of people: scenario 39."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain import address, masking


@pytest.mark.parametrize(
    ("text", "shown"),
    [("홍길동", "홍*동"), ("홍길", "홍*"), ("홍", "홍"), ("남궁민수", "남**수"), ("Jane Doe", "J*** **e"), ("", "")],
)
def test_name_shows_its_first_and_last_letter(text, shown):
    assert masking.name(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("010-1234-5678", "010-****-5678"),
        ("02-312-3456", "02-***-3456"),
        ("032-563-0000", "032-***-0000"),
        ("+1 415 555 2671", "+1 ***-***-2671"),
        ("+44 20 7946 0958", "+44 ** **** 0958"),
    ],
)
def test_phone_shows_where_it_is_and_its_last_four_digits(text, shown):
    assert masking.phone(address.phone(text, "KR"), "KR") == shown


def test_email_shows_its_first_letter_and_where_it_is():
    assert masking.email("hong@example.com") == "h***@example.com"
    assert masking.email("h@example.com") == "h***@example.com"


@given(number=st.integers(10_000_000, 99_999_999))
def test_no_phone_can_be_read_from_its_mask(number):
    text = f"010{number}"
    try:
        known = address.phone(text, "KR")
    except address.NotAnAddress:
        return
    shown = masking.phone(known, "KR")
    assert shown == f"010-****-{text[-4:]}"
