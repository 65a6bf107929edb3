"""The resource survey, and the surveys after courses and consulting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.training.models.base import Base


class Asset(Base):
    """An organisation, person, place or programme that the field can count on. person_id: of a person, where known."""

    __tablename__ = "assets"
    __table_args__ = (
        UniqueConstraint("kind", "name", "area", name="an_asset_is_known_once"),
        CheckConstraint("kind <> 'person' OR consent = 'given'", name="a_person_has_consented"),
        CheckConstraint("consent <> 'given' OR consented_on IS NOT NULL", name="consent_has_a_day"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    area: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    consent: Mapped[str] = mapped_column(String(20))
    consented_on: Mapped[date | None]
    person_id: Mapped[str | None] = mapped_column(String(100))
    entered_by: Mapped[str] = mapped_column(String(100))
    entered_at: Mapped[datetime]


class Voice(Base):
    """What somebody of the field said. It keeps no name. source: how it was gathered."""

    __tablename__ = "voices"
    __table_args__ = (Index("voices_by_theme", "theme", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    theme: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(String(200))
    heard_on: Mapped[date]
    entered_by: Mapped[str] = mapped_column(String(100))


class Finding(Base):
    """What the voices of a theme say together. rank: from 1, without gaps, for what to do first."""

    __tablename__ = "findings"
    __table_args__ = (Index("findings_by_theme", "theme"), Index("a_rank_is_given_once", "rank", unique=True))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    theme: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    rank: Mapped[int] = mapped_column(Integer)
    entered_by: Mapped[str] = mapped_column(String(100))
    entered_at: Mapped[datetime]


class FindingDeed(Base):
    """What the centre did about a finding. reference: the id of the course, consultation, programme or meeting."""

    __tablename__ = "finding_deeds"
    __table_args__ = (Index("finding_deeds_by_finding", "finding_id", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    finding_id: Mapped[str] = mapped_column(ForeignKey("findings.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(String(500))
    done_on: Mapped[date]


class Survey(Base):
    """questions: [{id, text, kind: rating | text}]. subject_id: of the course or consultation that it is about."""

    __tablename__ = "surveys"
    __table_args__ = (Index("surveys_by_subject", "subject", "subject_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    closes_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(100))
    opened_at: Mapped[datetime]


class SurveyAnswer(Base):
    """respondent: of who answered, see domain/support/survey.py."""

    __tablename__ = "survey_answers"
    __table_args__ = (UniqueConstraint("survey_id", "respondent", name="a_person_answers_a_survey_once"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    respondent: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any]]
    answered_on: Mapped[date]
