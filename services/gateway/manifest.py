"""The gateway, as the chassis knows it."""

from services.chassis.manifest import Manifest

MANIFEST = Manifest(
    name="gateway",
    service="services.gateway.service:GatewayService",
    migrations="services.gateway.migrations",
    is_front=True,
    max_workers=64,  # a request mostly waits for a service's answer
    greeting=(
        "Log in at <address>/login as one of the centre's people, or, for programs, as anybody:",
        "curl -X POST <address>/api/v1/dev/tokens -H 'Content-Type: application/json' "
        '-d \'{"sub": "minji", "name": "김민지", "roles": ["resident"]}\'',
        "and send the answer's access_token as `Authorization: Bearer ...`. Staff have the role `staff`.",
        "The interface is described at /api, for programs at /openapi.json.",
    ),
    commands=("services.gateway.commands:add_openapi", "services.gateway.commands:add_token"),
)
