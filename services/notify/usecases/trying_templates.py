"""A template is tried before it is kept or shown: with words as the events bring them, in its channel's measure."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from services.chassis.errors import Invalid, Refused
from services.chassis.i18n import msgid as _
from services.notify.domain import refusals, samples
from services.notify.domain import template as measures
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Channel
from services.notify.domain.rules import OFFERED
from services.notify.queries import texts
from services.notify.rendering import ALWAYS_OFFERED, BROKEN, TemplateId, Text, refusal_of, wording

WORDS_ARE_THE_EVENTS = _("The words of this template are those that its event brings.")


def offered(session: Session, key: str, wanted: frozenset[str] | None = None) -> frozenset[str]:
    """The names that templates of this key may use, beside those that are always there. wanted: those that are declared
    now, for a key that is not shipped. Raises Invalid: the names of a shipped one are not to be chosen.
    """
    shipped = OFFERED.get(key)
    if shipped is None:
        return wanted - ALWAYS_OFFERED if wanted is not None else texts.declared(session, key)
    if wanted is not None and wanted - ALWAYS_OFFERED != shipped:
        raise Invalid(errors={"variables": [WORDS_ARE_THE_EVENTS]})
    return shipped


def sample(template: TemplateId, names: frozenset[str], letterhead: Letterhead) -> Mapping[str, str]:
    language = template.language
    words = samples.words(template.key, sorted(names), language, letterhead.centre.zone)
    return {**words, "name": samples.NAMES[language], "sender": letterhead.sender(language)}


def tried(source: str, template: TemplateId, names: frozenset[str], words: Mapping[str, str]) -> Text:
    """What the template makes of the words. Raises Refused: it cannot be used, or is too long."""
    try:
        text = wording(source, names | ALWAYS_OFFERED).render(words)
    except BROKEN as error:
        raise Refused([refusal_of(error)]) from error
    if too_much := measures.excess(text.body, template.channel):
        is_notice = template.channel is Channel.ALIMTALK
        raise Refused([(refusals.too_many_characters if is_notice else refusals.too_many_bytes)(*too_much)])
    return text
