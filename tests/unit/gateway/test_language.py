import pytest

from services.gateway import language


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "ko"),
        ("", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("fr,en;q=0.5", "en"),
        ("en;q=0.2,ko;q=0.9", "ko"),
        ("fr", "ko"),
        ("*", "ko"),
        ("en;q=0", "ko"),
        (";;;,,,", "ko"),
        ("\x00\xff", "ko"),
    ],
)
def test_accept_language(header, locale):
    assert language.negotiated(header) == locale


@pytest.mark.parametrize(
    ("tag", "locale"), [("ko", "ko"), ("ko_KR", "ko"), ("en-GB", "en"), ("vi", "en"), ("KO", "ko")]
)
def test_language_of_a_login(tag, locale):
    assert language.spoken(tag) == locale


def test_every_message_is_korean_too():
    """What the code marks as a message has a translation."""
    import re
    from importlib.resources import files

    from services.chassis.i18n import catalogue

    package = files("services.gateway")
    marked = set()
    for path in [*package.rglob("*.py"), *package.rglob("*.html")]:
        source = re.sub(r'"\s*\n\s*"', "", path.read_text())
        marked |= set(re.findall(r'(?<![\w.])_\(\s*"((?:[^"\\]|\\.)*)"', source))
    korean = catalogue("services.gateway", "ko")
    assert marked
    assert [message for message in sorted(marked) if korean.gettext(message) == message] == []
