"""Templates: what people get, word for word, and what is refused before anybody gets it."""

from pathlib import Path

import pytest

from services.notify import rendering
from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.rules import OFFERED as SHIPPED
from services.notify.rendering import TemplateId, TemplateInvalid, Templates
from tests.unit.notify.golden import CASES, MESSAGES, Case

TEMPLATES = Path(rendering.__file__).parent / "templates"
OFFERED = frozenset({"title", "sender"})
MOVED = {"booking_moved": OFFERED}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_message_is_its_golden_text(case: Case):
    assert case.text() == case.file.read_text(encoding="utf-8")


def test_every_template_is_of_a_rule_and_every_golden_text_of_a_template():
    templates = {str(case.template) for case in CASES}
    assert {file.name.removesuffix(".j2") for file in TEMPLATES.glob("*.j2")} == templates
    assert templates >= {f"{key}.{Channel.EMAIL}.{language}" for key in SHIPPED for language in Language}
    assert set(MESSAGES.iterdir()) == {case.file for case in CASES}


def test_template_that_names_what_is_not_offered_is_refused():
    with pytest.raises(ValueError, match="not offered: colour, mood"):
        rendering.wording("{{ title }}\n{% if mood %}{{ colour }}{% endif %}", OFFERED)


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
        rendering.load(tmp_path, MOVED)


def test_template_that_is_missing_is_refused_by_name(tmp_path: Path):
    write(tmp_path, "subject\nbody")
    (tmp_path / "booking_moved.email.en.j2").unlink()
    with pytest.raises(TemplateInvalid, match=r"^booking_moved\.email\.en: .*No such file"):
        rendering.load(tmp_path, MOVED)


def test_subject_is_one_line_whatever_its_title(tmp_path: Path):
    write(tmp_path, "About {{ title }}\n{{ title }}")
    title = "a\r\nBcc: b@example.com\x85c\u2028d"
    text = rendering.load(tmp_path, MOVED).render(
        TemplateId("booking_moved", Channel.EMAIL, Language.KO), {"title": title}
    )
    assert text.subject == "About a Bcc: b@example.com c d"


def test_text_is_plain_and_nothing_in_it_is_a_template(tmp_path: Path):
    write(tmp_path, "{{ title }}\n{{ title }}")
    text = rendering.load(tmp_path, MOVED).render(
        TemplateId("booking_moved", Channel.EMAIL, Language.KO), {"title": "<b>{{ 7 * 7 }}</b> & Söhne"}
    )
    assert (text.subject, text.body) == ("<b>{{ 7 * 7 }}</b> & Söhne", "<b>{{ 7 * 7 }}</b> & Söhne\n")


def test_version_changes_with_the_file():
    versions = {rendering.wording(source, OFFERED).version for source in ("a\nb", "a\nb", "a\nc")}
    assert len(versions) == 2
    assert {len(version) for version in versions} == {64}


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ title.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{% for each in range(10**9) %}x{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{{ title.format(title) * 999999999 }}",
        "{{ title|center(10**10) }}",
        "{{ title|replace('a', 'aaaaaaaaaa')|replace('a', 'aaaaaaaaaa') }}",
        "{% for a in title %}{% for b in title %}{% for c in title %}{{ a }}{% endfor %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set big = 'x' ~ 'x' %}{{ big }}",
        "{{ ('%' + 's')|format(title.__class__) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends '../../secret' %}",
        "{{ " + "(" * 400 + "title" + ")" * 400 + " }}",
        "x" * 1_000_000,
    ],
    ids=range(19),
)
def test_template_that_wants_out_of_the_sandbox_or_without_end_is_refused(source):
    for where in (f"{source}\nbody", f"subject\n{source}"):
        with pytest.raises(rendering.BROKEN):
            rendering.wording(where, OFFERED)


def test_phone_reads_the_mails_subject_and_the_sender_unless_there_is_a_text_of_its_own(tmp_path: Path):
    write(tmp_path, "About {{ title }}\nA long story of {{ title }}.")
    templates = rendering.load(tmp_path, MOVED)
    words = {"title": "mending", "sender": "The centre"}
    for channel in (Channel.SMS, Channel.LMS, Channel.ALIMTALK):
        template = TemplateId("booking_moved", channel, Language.EN)
        assert templates.render(template, words).body == "About mending\nThe centre\n"
    inbox = templates.render(TemplateId("booking_moved", Channel.INBOX, Language.EN), words)
    assert (inbox.subject, inbox.body) == ("About mending", "A long story of mending.\n")
    own = {TemplateId("booking_moved", Channel.SMS, Language.EN): rendering.wording("-\n{{ title }}!", OFFERED, 3)}
    for channel in (Channel.SMS, Channel.LMS):
        text = templates.replaced(own).render(TemplateId("booking_moved", channel, Language.EN), words)
        assert (text.body, text.version[:2]) == ("mending!\n", "3:")


def test_shipped_template_is_version_0(tmp_path: Path):
    write(tmp_path, "subject\nbody")
    templates: Templates = rendering.load(tmp_path, MOVED)
    text = templates.render(TemplateId("booking_moved", Channel.EMAIL, Language.EN), {})
    assert text.version.startswith("0:")
    assert len(text.version) == 18


def write(directory: Path, source: str) -> None:
    for language in Language:
        (directory / f"booking_moved.email.{language}.j2").write_text(source, encoding="utf-8")
