"""Training: the parts of its work in one service. What can be asked of each stands in entrypoints/."""

from __future__ import annotations

from services.chassis.service import Service
from services.training.entrypoints.courses import COURSES, CourseEntrypoints
from services.training.entrypoints.support import SupportEntrypoints
from services.training.entrypoints.support.consulting import CONSULTING
from services.training.entrypoints.support.network import NETWORK
from services.training.entrypoints.support.programmes import PROGRAMMES
from services.training.manifest import MANIFEST


class TrainingService(
    CourseEntrypoints,
    SupportEntrypoints,
    Service,
):
    name = "training"
    manifest = MANIFEST
    serves = (*COURSES, *CONSULTING, *PROGRAMMES, *NETWORK)
