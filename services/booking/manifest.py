"""Booking, as the chassis knows it."""

from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="booking",
    service="services.booking.service:BookingService",
    migrations="services.booking.migrations",
    sections={"centre": "services.centre.profile:CentreSchema", "booking": "services.booking.profile:BookingSection"},
    build="services.booking.profile:build",
    apply="services.booking.profile:apply",
    events="services.booking.events",
)
