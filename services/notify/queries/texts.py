"""Reads: stored templates, in the place of the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import bindparam, func, select, true
from sqlalchemy.orm import Session

from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.template import Approval
from services.notify.models.texts import StoredTemplate
from services.notify.rendering import ALWAYS_OFFERED, TemplateId, Wording, wording

_SENDABLE = (
    select(StoredTemplate)
    .where(
        StoredTemplate.key.in_(bindparam("keys", expanding=True)),
        (StoredTemplate.approval.is_(None)) | (StoredTemplate.approval == Approval.APPROVED),
    )
    .order_by(StoredTemplate.version)
)


def id_of(template: StoredTemplate) -> TemplateId:
    return TemplateId(template.key, Channel(template.channel), Language(template.locale))


def latest(session: Session, template: TemplateId, *, lock: bool = False) -> StoredTemplate | None:
    """The newest version, whatever its approval."""
    chosen = (
        select(StoredTemplate)
        .where(
            StoredTemplate.key == template.key,
            StoredTemplate.channel == template.channel,
            StoredTemplate.locale == template.language,
        )
        .order_by(StoredTemplate.version.desc())
        .limit(1)
    )
    return session.scalars(chosen.with_for_update() if lock else chosen).one_or_none()


def is_known(session: Session, key: str) -> bool:
    return session.scalar(select(StoredTemplate.key).where(StoredTemplate.key == key).limit(1)) is not None


def declared(session: Session, key: str) -> frozenset[str]:
    """All names that the newest templates of this key may use."""
    return frozenset(name for each in all_latest(session, key) for name in each.variables)


def sendable(session: Session, keys: Sequence[str]) -> Mapping[TemplateId, Wording]:
    """Of these keys, the newest version of each channel and language that may be sent."""
    rows = session.scalars(_SENDABLE, {"keys": list(keys)})
    return {id_of(row): _wording(row.source, frozenset(row.variables), row.version) for row in rows}


def all_latest(session: Session, key: str | None = None) -> Sequence[StoredTemplate]:
    """The newest version of each, of one key or of all."""
    newest = (
        select(
            StoredTemplate.key,
            StoredTemplate.channel,
            StoredTemplate.locale,
            func.max(StoredTemplate.version).label("v"),
        )
        .where(StoredTemplate.key == key if key is not None else true())
        .group_by(StoredTemplate.key, StoredTemplate.channel, StoredTemplate.locale)
        .subquery()
    )
    return session.scalars(
        select(StoredTemplate)
        .join(
            newest,
            (StoredTemplate.key == newest.c.key)
            & (StoredTemplate.channel == newest.c.channel)
            & (StoredTemplate.locale == newest.c.locale)
            & (StoredTemplate.version == newest.c.v),
        )
        .order_by(StoredTemplate.key, StoredTemplate.channel, StoredTemplate.locale)
    ).all()


@lru_cache(maxsize=512)
def _wording(source: str, variables: frozenset[str], number: int) -> Wording:
    return wording(source, variables | ALWAYS_OFFERED, number)
