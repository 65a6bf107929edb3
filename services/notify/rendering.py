"""Templates: what a message says, by key, channel and language. A file each: `templates/<key>.<channel>.<language>.j2`.

The first line is the subject, the rest the text. Plain text, so nothing is escaped; sandboxed, for centres will write
their own.
Promises: a template that is missing, cannot be read or names what is not offered is refused when it is loaded
(TemplateInvalid), so that no message fails for its template. What its hash was is kept with every message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.chassis.errors import DomainError
from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.rules import RULES, Rule

ALWAYS_OFFERED = frozenset({"name", "sender"})
"""The person's name, empty when it is not known, and the name under which the centre signs."""

_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)


class TemplateInvalid(DomainError):
    """Message names every template that is refused, with the reason."""

    code = "template_invalid"
    message = "A template cannot be used."


@dataclass(frozen=True)
class TemplateId:
    key: str
    channel: Channel
    language: Language

    def __str__(self) -> str:
        return f"{self.key}.{self.channel}.{self.language}"


@dataclass(frozen=True)
class Text:
    """A message in words. version: SHA-256 of the template file, in hex."""

    subject: str
    body: str
    version: str


@dataclass(frozen=True)
class Wording:
    """A template that was found good."""

    subject: Template
    body: Template
    version: str

    def render(self, words: Mapping[str, str]) -> Text:
        # A subject is one line, whatever the titles in it are made of.
        subject = " ".join(self.subject.render(words).split())
        return Text(subject, self.body.render(words).strip() + "\n", self.version)


@dataclass(frozen=True)
class Templates:
    wordings: Mapping[TemplateId, Wording]

    def render(self, template: TemplateId, words: Mapping[str, str]) -> Text:
        return self.wordings[template].render(words)


def installed(rules: Iterable[Rule] = RULES) -> Templates:
    """Every template that the rules need, in every language. Raises TemplateInvalid."""
    return load(files("services.notify").joinpath("templates"), rules)


def load(directory: Traversable, rules: Iterable[Rule]) -> Templates:
    """Raises TemplateInvalid with all that is wrong."""
    good: dict[TemplateId, Wording] = {}
    wrong: list[str] = []
    for rule in rules:
        offered = rule.news.offers | ALWAYS_OFFERED
        for template in _needed(rule):
            try:
                source = directory.joinpath(f"{template}.j2").read_bytes()
                good[template] = wording(source, offered)
            except (OSError, TemplateError, ValueError, TypeError) as error:
                wrong.append(f"{template}: {error}")
    if wrong:
        raise TemplateInvalid("; ".join(wrong))
    return Templates(good)


def wording(source: bytes, offered: frozenset[str]) -> Wording:
    """Raises ValueError for a name that is not offered, jinja2.TemplateError for what cannot be read or rendered."""
    text = source.decode()
    if unknown := meta.find_undeclared_variables(_environment.parse(text)) - offered:
        raise ValueError(f"names what is not offered: {', '.join(sorted(unknown))}")
    subject, _, body = text.partition("\n")
    made = Wording(
        _environment.from_string(subject), _environment.from_string(body), hashlib.sha256(source).hexdigest()
    )
    # Both ways through every "if": a name that is offered may still be used as what it is not.
    for trial in ("…", ""):
        if not made.render(dict.fromkeys(offered, trial)).subject and trial:
            raise ValueError("has no subject in its first line")
    return made


def _needed(rule: Rule) -> Iterator[TemplateId]:
    for channel in rule.channels:
        for language in Language:
            yield TemplateId(rule.template, channel, language)
