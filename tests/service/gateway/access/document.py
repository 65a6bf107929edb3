"""The operations of the interface's document."""

from schemathesis.specs.openapi.schemas import OpenApiSchema

PREFIX = "/api/v1"


def operations_of(document: OpenApiSchema) -> set[str]:
    """As rows name them: "GET /bookings/{booking_id}"."""
    return {each.ok().label.replace(f"{PREFIX}/", "/", 1) for each in document.get_all_operations()}
