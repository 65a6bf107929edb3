"""Booking, as the chassis knows it."""

from services.booking import profile
from services.centre.profile import CentreSchema
from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="booking",
    service="services.booking.service:BookingService",
    migrations="services.booking.migrations",
    sections={"centre": CentreSchema, "booking": profile.BookingSection},
    build=profile.build,
    apply=profile.apply,
    events="services.booking.events",
)
