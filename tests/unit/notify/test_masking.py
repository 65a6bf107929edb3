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


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <hong@example.com>: no such user", "550 5.1.1 <<address>>: no such user"),
        ("거절 01012345678", "거절 <address>"),
        ("refused: 010-1234-5678, +82 10 1234 5678 and 821012345678", "refused: <address>, <address> and <address>"),
        ("(02) 312-3456", "<address>"),
        ("POST https://hooks.example/Hong: gone", "POST <address>: gone"),
    ],
)
def test_what_a_provider_says_is_kept_without_anybodys_address(said, kept):
    assert masking.without_addresses(said, "https://hooks.example/hong") == kept


@pytest.mark.parametrize(
    "said",
    [
        "451 4.3.0 try again later",
        "554 5.7.1 client 203.100.113.255 is blocked since 2020-03-10 09:00:00",
        "3014 거절",
        "250 2.0.0 Ok: queued as 4F3A1B2C9012345678",
    ],
)
def test_what_names_nobody_stays(said):
    assert masking.without_addresses(said) == said
