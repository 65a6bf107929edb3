"""Notify, as the chassis knows it."""

from services.centre.profile import CentreSchema
from services.chassis.manifest import Manifest
from services.notify import profile

MANIFEST = Manifest(
    name="notify",
    service="services.notify.service:NotifyService",
    migrations="services.notify.migrations",
    sections={"centre": CentreSchema, "notify": profile.NotifySection},
    build=profile.build,
    events="services.notify.events",
)
