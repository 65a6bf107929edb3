"""Recruitment's tables, a file for each part of its work."""

from services.recruitment.models.applications import (
    Application,
    DiscardedFile,
    Document,
    Draft,
    FileAccess,
    Submission,
)
from services.recruitment.models.base import NOBODY, Base
from services.recruitment.models.calls import Call, Correction, Criterion, OfferedUnit, Unit
from services.recruitment.models.growth import CertificationFacts, Designation, Milestone
from services.recruitment.models.judging import FrozenRanking, LogEntry, ScoreComment, Seat
from services.recruitment.models.offers import Offer, Recall
from services.recruitment.models.panel import Assignment, Judge, Recusal
from services.recruitment.models.selection import Decision, Purge, Verdict
from services.recruitment.models.tenancies import Invoice, Review, Tenancy

__all__ = [
    "NOBODY",
    "Application",
    "Assignment",
    "Base",
    "Call",
    "CertificationFacts",
    "Correction",
    "Criterion",
    "Decision",
    "Designation",
    "DiscardedFile",
    "Document",
    "Draft",
    "FileAccess",
    "FrozenRanking",
    "Invoice",
    "Judge",
    "LogEntry",
    "Milestone",
    "Offer",
    "OfferedUnit",
    "Purge",
    "Recall",
    "Recusal",
    "Review",
    "ScoreComment",
    "Seat",
    "Submission",
    "Tenancy",
    "Unit",
    "Verdict",
]
