"""Templates: what people get, word for word, and what is refused before anybody gets it."""

from pathlib import Path

import pytest

from services.notify import rendering
from services.notify.domain.language import Language
from services.notify.domain.message import Category, Channel
from services.notify.domain.news import BookingNews, BookingNewsSchema
from services.notify.domain.rules import RULES, Rule, requester
from services.notify.rendering import TemplateId, TemplateInvalid
from tests.unit.notify.golden import BESIDE, BOOKING, CASES, SEOUL, Case

OFFERED = frozenset({"title", "sender"})
RULE = Rule("booking", "booking_moved", BookingNewsSchema, BookingNews, requester, Category.SERVICE, "booking_moved")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_message_is_its_golden_text(case: Case):
    assert case.text() == case.file.read_text(encoding="utf-8")


def test_every_template_is_of_a_rule_and_every_golden_text_of_a_template():
    templates = {f"{rule.template}.{Channel.EMAIL}.{language}" for rule in RULES for language in Language}
    assert {file.name.removesuffix(".j2") for file in BESIDE.glob("*.j2")} == templates
    assert set(BESIDE.glob("*.golden.txt")) == {case.file for case in CASES}


def test_template_that_names_what_is_not_offered_is_refused():
    with pytest.raises(ValueError, match="not offered: colour, mood"):
        rendering.wording(b"{{ title }}\n{% if mood %}{{ colour }}{% endif %}", OFFERED)


@pytest.mark.parametrize(
    "source",
    [
        "subject\n{{ title",
        "subject\n{% if title %}",
        "subject\n{{ title.colour }}",
        "subject\n{{ title + 1 }}",
        "subject\n{% if title %}{{ title.colour }}{% endif %}",
        "subject\n{% if not title %}{{ title.colour }}{% endif %}",
        "subject\n{{ title.__class__.__mro__ }}",
        "{% set colour = title %}subject\n{{ colour }}",
        "\nno subject",
        "",
    ],
)
def test_template_that_cannot_be_read_or_rendered_is_refused(tmp_path: Path, source: str):
    write(tmp_path, source)
    with pytest.raises(TemplateInvalid, match=r"booking_moved\.email\.ko: .+; booking_moved\.email\.en: .+"):
        rendering.load(tmp_path, [RULE])


def test_template_that_is_missing_is_refused_by_name(tmp_path: Path):
    write(tmp_path, "subject\nbody")
    (tmp_path / "booking_moved.email.en.j2").unlink()
    with pytest.raises(TemplateInvalid, match=r"^booking_moved\.email\.en: .*No such file"):
        rendering.load(tmp_path, [RULE])


def test_subject_is_one_line_whatever_its_title(tmp_path: Path):
    write(tmp_path, "About {{ title }}\n{{ title }}")
    title = "a\r\nBcc: b@example.com\x85c\u2028d"
    text = rendering.load(tmp_path, [RULE]).render(
        TemplateId("booking_moved", Channel.EMAIL, Language.KO), {"title": title}
    )
    assert text.subject == "About a Bcc: b@example.com c d"


def test_text_is_plain_and_nothing_in_it_is_a_template(tmp_path: Path):
    write(tmp_path, "{{ title }}\n{{ title }}")
    text = rendering.load(tmp_path, [RULE]).render(
        TemplateId("booking_moved", Channel.EMAIL, Language.KO), {"title": "<b>{{ 7 * 7 }}</b> & Söhne"}
    )
    assert (text.subject, text.body) == ("<b>{{ 7 * 7 }}</b> & Söhne", "<b>{{ 7 * 7 }}</b> & Söhne\n")


def test_version_changes_with_the_file():
    versions = {rendering.wording(source, OFFERED).version for source in (b"a\nb", b"a\nb", b"a\nc")}
    assert len(versions) == 2
    assert {len(version) for version in versions} == {64}


def test_words_of_news_are_the_names_that_it_offers():
    for language in Language:
        assert BOOKING.words(language, SEOUL).keys() == BookingNews.offers


def write(directory: Path, source: str) -> None:
    for language in Language:
        (directory / f"booking_moved.email.{language}.j2").write_text(source, encoding="utf-8")
