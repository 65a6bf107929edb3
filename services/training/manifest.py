"""Training, as the chassis knows it."""

from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="training",
    service="services.training.service:TrainingService",
    migrations="services.training.migrations",
    sections={
        "centre": "services.centre.profile:CentreSchema",
        "training": "services.training.profile:TrainingSection",
    },
    build="services.training.profile:build",
    events="services.training.events",
)
