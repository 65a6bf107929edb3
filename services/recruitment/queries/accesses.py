"""The log of who opened a document."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.models import FileAccess
from services.recruitment.queries.decisions import number_in
from services.recruitment.schemas.documents import FindAccesses


def find_accesses(session: Session, find: FindAccesses) -> Sequence[FileAccess]:
    """Newest first, one more than the limit when there are more. Raises Invalid for a cursor that is none."""
    chosen = select(FileAccess).where(FileAccess.application_id == find.application_id)
    if find.cursor is not None:
        chosen = chosen.where(FileAccess.id < number_in(find.cursor))
    return session.scalars(chosen.order_by(FileAccess.id.desc()).limit(find.limit + 1)).all()
