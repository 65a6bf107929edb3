"""E-mail addresses and phone numbers in one form each."""

import pytest
from marshmallow import ValidationError

from services.notify.domain import address
from services.notify.domain.address import NotAnAddress
from services.notify.schemas import PutContactSchema


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("hong@example.com", "hong@example.com"),
        ("Hong@Example.ORG", "Hong@example.org"),
        ("hong+madang@seogu.test", "hong+madang@seogu.test"),
        ("hong@centre.example", "hong@centre.example"),
        ("hong@한국.kr", "hong@xn--3e0b707e.kr"),
    ],
)
def test_email_is_kept_as_servers_take_it(given: str, kept: str):
    assert address.email(given) == kept
    assert address.email(kept) == kept


@pytest.mark.parametrize(
    "given",
    [
        "",
        "hong",
        "hong@",
        "@example.com",
        "hong@localhost",
        "홍@naver.com",
        "a b@example.com",
        "hong@[127.0.0.1]",
        "Hong <hong@example.com>",
        "hong@example.com,kim@example.com",
        "hong@example.com\r\nBcc: kim@example.com",
        "hong@example.com\n",
        f"{'h' * 65}@example.com",
    ],
)
def test_email_that_is_none_is_refused(given: str):
    with pytest.raises(NotAnAddress):
        address.email(given)


@pytest.mark.parametrize(
    ("given", "country", "kept"),
    [
        ("010-1234-5678", "KR", "+821012345678"),
        ("010 1234 5678", "KR", "+821012345678"),
        ("+82 10-1234-5678", "US", "+821012345678"),
        ("032-560-4114", "KR", "+82325604114"),
        ("+1 212 555 2368", "KR", "+12125552368"),
    ],
)
def test_phone_is_kept_in_e164(given: str, country: str, kept: str):
    assert address.phone(given, country) == kept
    assert address.phone(kept, country) == kept


@pytest.mark.parametrize(
    "given", ["", "1", "010-12", "없음", "010-1234-5678-9012", "+999 123 456 789", "010.1234.5678"]
)
def test_phone_that_is_none_is_refused(given: str):
    with pytest.raises(NotAnAddress):
        address.phone(given, "KR")


@pytest.mark.parametrize("field", ["email", "phone", "name"])
@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\u2029"])
def test_contact_with_a_break_in_a_line_is_refused(field: str, break_: str):
    given = {"email": "hong@example.com", "locale": "ko", field: f"hong{break_}Bcc: kim@example.com"}
    with pytest.raises(ValidationError) as caught:
        PutContactSchema().load(given)
    assert set(caught.value.normalized_messages()) == {field}


@pytest.mark.parametrize(("given", "kept"), [("ko", "ko"), ("zh_CN", "zh-CN"), ("zh-Hant-TW", "zh-Hant-TW")])
def test_locale_is_a_language_tag(given: str, kept: str):
    assert PutContactSchema().load({"email": "hong@example.com", "locale": given}).locale == kept


@pytest.mark.parametrize("given", ["", "k", "korean", "ko-", "ko KR", "ko\n", "zh-Hant-TW-x", None, 7])
def test_locale_that_is_none_is_refused(given: object):
    with pytest.raises(ValidationError) as caught:
        PutContactSchema().load({"email": "hong@example.com", "locale": given})
    assert set(caught.value.normalized_messages()) == {"locale"}


AT_HOME = [
    "https://localhost/hook",
    "https://hook.localhost/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://10.0.0.7/",
    "https://192.168.1.1:8443/",
    "https://172.16.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00::1]/",
    "https://0.0.0.0/",
]


@pytest.mark.parametrize("given", AT_HOME)
def test_webhook_to_a_private_or_loopback_address_is_refused_but_in_development(given: str):
    with pytest.raises(NotAnAddress, match="out in the world"):
        address.webhook(given, plain_http=False)
    assert address.webhook(given, plain_http=True) == given


@pytest.mark.parametrize(
    "given", ["https://example.com/hook?a=1", "https://8.8.8.8/", "https://[2001:4860:4860::8888]/"]
)
def test_webhook_out_in_the_world_is_kept(given: str):
    assert address.webhook(given, plain_http=False) == given
