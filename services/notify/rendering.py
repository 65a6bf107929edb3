"""Templates: what a message says, by key, channel and language. A file each: `templates/<key>.<channel>.<language>.j2`.

The first line is the subject, the rest the text. Plain text, so nothing is escaped; sandboxed, for centres write their
own (usecases/put_template.py), which stand in the place of the shipped ones.
Promises: a template that is missing, cannot be read or names what is not offered is refused when it is loaded or saved
(TemplateInvalid), so that no message fails for its template. Its version, and the beginning of the hash of its source,
are kept with every message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import StrictUndefined, Template, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.chassis.errors import DomainError, Refusal
from services.chassis.i18n import msgid as _
from services.notify.domain import refusals
from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.rules import OFFERED

ALWAYS_OFFERED = frozenset({"name", "sender"})
"""The person's name, empty when it is not known, and the name under which the centre signs."""

PHONES = frozenset({Channel.SMS, Channel.LMS, Channel.ALIMTALK})
SHIPPED = 0
LONGEST_SOURCE = 20_000

_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)
_PARTS = frozenset(
    {
        *(nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Filter, nodes.Concat),
        *(nodes.If, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand),
    }
)
"""What a template may be made of: texts, names and "if". Loops, sums, attributes and calls can grow without end or
reach for what is none of a template's business; they are refused before anything runs, whatever the sandbox would do.
"""
_FILTERS = frozenset({"upper", "lower", "capitalize", "trim", "length"})

BROKEN = (TemplateError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a source that is none can raise when it is read or tried."""


class Unusable(ValueError):
    """Why a source is no template of ours, in words for whoever wrote it."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.message % refusal.details)


class TemplateInvalid(DomainError):
    """Details: `faults`, every template that is refused, with the reason."""

    code = "template_invalid"
    message = _("A template cannot be used.")


@dataclass(frozen=True)
class TemplateId:
    key: str
    channel: Channel
    language: Language

    def __str__(self) -> str:
        return f"{self.key}.{self.channel}.{self.language}"


@dataclass(frozen=True)
class Text:
    """A message in words. version: of the template, and the beginning of its hash."""

    subject: str
    body: str
    version: str


@dataclass(frozen=True)
class Wording:
    """A template that was found good. version: SHA-256 of its source, in hex. number: 0 for a shipped one."""

    subject: Template
    body: Template
    version: str
    number: int = SHIPPED

    def render(self, words: Mapping[str, str]) -> Text:
        # A subject is one line, whatever the titles in it are made of.
        subject = " ".join(self.subject.render(words).split())
        return Text(subject, self.body.render(words).strip() + "\n", f"{self.number}:{self.version[:16]}")


@dataclass(frozen=True)
class Templates:
    wordings: Mapping[TemplateId, Wording]

    def replaced(self, by: Mapping[TemplateId, Wording]) -> Templates:
        return Templates({**self.wordings, **by}) if by else self

    def has(self, template: TemplateId) -> bool:
        return template in self.wordings

    def is_complete(self, key: str) -> bool:
        """Can it be said in every language, over whatever channel?"""
        return all(self.has(TemplateId(key, Channel.EMAIL, language)) for language in Language)

    def render(self, template: TemplateId, words: Mapping[str, str]) -> Text:
        """In the channel's own words, if it has some. Else the inbox says what the mail says, and a phone shows the
        mail's subject and who sends it: a text of one line says as much. Raises KeyError.
        """
        own = self.wordings.get(template)
        if own is None and template.channel is Channel.LMS:
            own = self.wordings.get(TemplateId(template.key, Channel.SMS, template.language))
        if own is not None:
            return own.render(words)
        mail = self.wordings[TemplateId(template.key, Channel.EMAIL, template.language)].render(words)
        if template.channel not in PHONES:
            return mail
        return Text(mail.subject, f"{mail.subject}\n{words['sender']}\n", mail.version)


@cache
def installed() -> Templates:
    """Every template that is needed, in every language, and what some channels have of their own. Raises
    TemplateInvalid.
    """
    return load(files("services.notify").joinpath("templates"), OFFERED)


def load(directory: Traversable, offered: Mapping[str, frozenset[str]]) -> Templates:
    """offered: by key, the names that its templates may use. Raises TemplateInvalid with all that is wrong."""
    good: dict[TemplateId, Wording] = {}
    wrong: list[str] = []
    for key, names in offered.items():
        for template in (TemplateId(key, channel, language) for channel in Channel for language in Language):
            if template.channel is not Channel.EMAIL and not directory.joinpath(f"{template}.j2").is_file():
                continue
            try:
                source = directory.joinpath(f"{template}.j2").read_text(encoding="utf-8")
                good[template] = wording(source, names | ALWAYS_OFFERED)
            except (OSError, *BROKEN) as error:
                wrong.append(f"{template}: {error}")
    if wrong:
        raise TemplateInvalid("; ".join(wrong))
    return Templates(good)


def source_of(template: TemplateId) -> str | None:
    """A shipped template as it stands, or None."""
    file = files("services.notify").joinpath("templates", f"{template}.j2")
    return file.read_text(encoding="utf-8") if file.is_file() else None


def refusal_of(error: Exception) -> Refusal:
    """error: one of BROKEN."""
    return error.refusal if isinstance(error, Unusable) else refusals.cannot_be_read(str(error))


def wording(source: str, offered: frozenset[str], number: int = SHIPPED) -> Wording:
    """Raises one of BROKEN: a name that is not offered, or what cannot be read or rendered."""
    if len(source) > LONGEST_SOURCE:
        raise Unusable(refusals.source_too_long(LONGEST_SOURCE))
    parsed = _environment.parse(source)
    if foreign := {_called(part) for part in parsed.find_all(nodes.Node) if not _is_allowed(part)}:
        raise Unusable(refusals.uses_what_no_template_may_use(foreign))
    if unknown := meta.find_undeclared_variables(parsed) - offered:
        raise Unusable(refusals.names_what_is_not_offered(unknown))
    subject, _newline, body = source.partition("\n")
    made = Wording(
        _environment.from_string(subject),
        _environment.from_string(body),
        hashlib.sha256(source.encode()).hexdigest(),
        number,
    )
    # Both ways through every "if": a name that is offered may still be used as what it is not.
    for trial in ("…", ""):
        if not made.render(dict.fromkeys(offered, trial)).subject and trial:
            raise Unusable(refusals.has_no_subject())
    return made


def _is_allowed(part: nodes.Node) -> bool:
    return type(part) in _PARTS and (not isinstance(part, nodes.Filter) or part.name in _FILTERS)


def _called(part: nodes.Node) -> str:
    return f"the filter {part.name}" if isinstance(part, nodes.Filter) else type(part).__name__.lower()
