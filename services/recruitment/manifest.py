"""Recruitment, as the chassis knows it."""

from services.centre.profile import CentreSchema
from services.chassis.manifest import Manifest
from services.recruitment import commands, profile

MANIFEST = Manifest(
    name="recruitment",
    service="services.recruitment.service:RecruitmentService",
    migrations="services.recruitment.migrations",
    sections={"centre": CentreSchema, "recruitment": profile.RecruitmentSection},
    build=profile.build,
    apply=profile.apply,
    events="services.recruitment.events",
    commands=(commands.add_rankings,),
)
