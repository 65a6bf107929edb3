"""Recruitment, as the chassis knows it."""

from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="recruitment",
    service="services.recruitment.service:RecruitmentService",
    migrations="services.recruitment.migrations",
    sections={
        "centre": "services.centre.profile:CentreSchema",
        "recruitment": "services.recruitment.profile:RecruitmentSection",
    },
    build="services.recruitment.profile:build",
    apply="services.recruitment.profile:apply",
    events="services.recruitment.events",
    commands=("services.recruitment.commands:add_rankings",),
)
