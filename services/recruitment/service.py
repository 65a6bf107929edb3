"""Recruitment: the parts of its work in one service. Their operations, handlers and timers are in entrypoints/."""

from __future__ import annotations

from services.chassis.service import Service
from services.recruitment.entrypoints.applications import APPLICATIONS
from services.recruitment.entrypoints.calls import CALLS
from services.recruitment.entrypoints.documents import DOCUMENTS, Documents
from services.recruitment.entrypoints.growth import GROWTH, Growth
from services.recruitment.entrypoints.judging import JUDGING
from services.recruitment.entrypoints.offers import Offers
from services.recruitment.entrypoints.panel import PANEL
from services.recruitment.entrypoints.selection import SELECTION, Selection
from services.recruitment.entrypoints.tenancies import TENANCIES, Tenancies
from services.recruitment.manifest import MANIFEST


class RecruitmentService(Documents, Selection, Offers, Tenancies, Growth, Service):
    name = "recruitment"
    manifest = MANIFEST
    serves = (*CALLS, *APPLICATIONS, *DOCUMENTS, *PANEL, *SELECTION, *JUDGING, *TENANCIES, *GROWTH)
