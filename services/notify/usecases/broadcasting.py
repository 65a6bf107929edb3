"""What a broadcast says, in the form in which everything else is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import NotFound, Refusal, StaleVersion
from services.notify.domain import refusals
from services.notify.domain import template as measures
from services.notify.domain.language import Language
from services.notify.domain.message import Category, Channel
from services.notify.domain.rules import NOTICE
from services.notify.models.audiences import Broadcast
from services.notify.rendering import TemplateId
from services.notify.schemas.broadcasts import Content, Texts
from services.notify.usecases.tell import Desk, Occasion, text_of, words_for

NOBODY_YET = "broadcast"
"""Stands for the event's id of what is not sent yet."""


def content_of(broadcast: Broadcast) -> Content:
    texts: Texts = {Language(language): text for language, text in broadcast.texts.items()}
    channels = tuple(Channel(each) for each in broadcast.channels)
    return Content(Category(broadcast.category), channels, texts)


def language_of(content: Content, wanted: Language) -> Language:
    """The one that it is read in: the other, where it is not written in the wanted one."""
    return wanted if wanted in content.texts else next(iter(content.texts))


def occasion_of(
    content: Content,
    event_id: str = NOBODY_YET,
    *,
    category: Category | None = None,
) -> Occasion:
    """category: under which it is told, if not its own."""

    def words(language: Language) -> Mapping[str, str]:
        text = content.texts[language_of(content, language)]
        return {"title": text["subject"], "text": text["body"]}

    return Occasion(
        event_id, category or content.category, NOTICE, words, content.channels, written_as=content.category
    )


def objections(content: Content, desk: Desk) -> Iterator[Refusal]:
    """Why a channel of it cannot carry it. desk: with the centre's own templates."""
    if away := set(content.channels) - desk.carried:
        yield refusals.nothing_carries(away)
    if Channel.ALIMTALK in content.channels and not all(
        desk.templates.has(TemplateId(NOTICE, Channel.ALIMTALK, language)) for language in Language
    ):
        yield refusals.not_approved()
        return
    for channel, measured in _MEASURED.items():
        if channel in content.channels:
            yield from _too_long(content, measured, desk)


_MEASURED = {Channel.SMS: Channel.LMS, Channel.ALIMTALK: Channel.ALIMTALK}
"""What a text over the channel may be at the most."""


def _too_long(content: Content, channel: Channel, desk: Desk) -> Iterator[Refusal]:
    occasion = occasion_of(content)
    for language in content.texts:
        text = text_of(occasion, channel, language, words_for(occasion, language, "", desk), desk)
        if too_much := measures.excess(text.body, channel):
            yield refusals.broadcast_too_long(language, *too_much)


def locked(session: Session, broadcast_id: str, version: int | None = None) -> Broadcast:
    """version: as it was read, if it must be so still. Raises NotFound, StaleVersion."""
    chosen = select(Broadcast).where(Broadcast.id == broadcast_id).with_for_update()
    broadcast = session.scalars(chosen).one_or_none()
    if broadcast is None:
        raise NotFound
    if version not in {None, broadcast.version}:
        raise StaleVersion
    return broadcast
