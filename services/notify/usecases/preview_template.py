"""How a template reads, filled in with sample words. Nothing is kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis.errors import NotFound
from services.notify.queries import texts
from services.notify.rendering import TemplateId, Text, source_of
from services.notify.schemas.texts import PreviewTemplate
from services.notify.usecases.tell import Desk, with_stored_templates
from services.notify.usecases.trying_templates import offered, sample, tried


def preview_template(session: Session, command: PreviewTemplate, *, desk: Desk) -> Text:
    """Of the source that is given; else of the newest version, whether it may be sent or not; else of what the channel
    says without words of its own. Raises Invalid, Refused with what is wrong, NotFound.
    """
    template = command.template
    names = offered(session, template.key, command.variables)
    words = {**sample(template, names, desk.letterhead), **command.words}
    source = command.source if command.source is not None else _source(session, template)
    if source is None:
        templates = with_stored_templates(session, desk, [template.key]).templates
        if not templates.is_complete(template.key):
            raise NotFound
        return templates.render(template, words)
    return tried(source, template, names, words)


def _source(session: Session, template: TemplateId) -> str | None:
    stored = texts.latest(session, template)
    return stored.source if stored else source_of(template)
