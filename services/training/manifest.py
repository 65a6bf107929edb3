"""Training, as the chassis knows it."""

from services.centre.profile import CentreSchema
from services.chassis.manifest import Manifest
from services.training import profile

MANIFEST = Manifest(
    name="training",
    service="services.training.service:TrainingService",
    migrations="services.training.migrations",
    sections={"centre": CentreSchema, "training": profile.TrainingSection},
    build=profile.build,
    events="services.training.events",
)
