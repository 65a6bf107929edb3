"""Notify, as the chassis knows it."""

from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="notify",
    service="services.notify.service:NotifyService",
    migrations="services.notify.migrations",
    sections={"centre": "services.centre.profile:CentreSchema", "notify": "services.notify.profile:NotifySection"},
    build="services.notify.profile:build",
    events="services.notify.events",
)
