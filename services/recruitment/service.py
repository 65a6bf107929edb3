"""Recruitment: the parts of its work in one service. What can be asked of each stands in entrypoints/."""

from __future__ import annotations

from services.chassis.service import Service
from services.recruitment.entrypoints.applications import Applications
from services.recruitment.entrypoints.calls import Calls
from services.recruitment.entrypoints.documents import Documents
from services.recruitment.entrypoints.growth import Growth
from services.recruitment.entrypoints.judging import Judging
from services.recruitment.entrypoints.offers import Offers
from services.recruitment.entrypoints.panel import Panel
from services.recruitment.entrypoints.ranking import Rankings
from services.recruitment.entrypoints.selection import Selection
from services.recruitment.entrypoints.tenancies import Tenancies
from services.recruitment.manifest import MANIFEST


class RecruitmentService(
    Calls, Applications, Documents, Panel, Selection, Judging, Rankings, Offers, Tenancies, Growth, Service
):
    name = "recruitment"
    manifest = MANIFEST
