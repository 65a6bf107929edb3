"""The gateway, as the chassis knows it."""

from services.chassis.manifest import Manifest
from services.gateway import commands

MANIFEST = Manifest(
    name="gateway",
    service="services.gateway.service:GatewayService",
    max_workers=64,  # a request mostly waits for a service's answer
    greeting=(
        "Anybody may log in as anybody here, for development:",
        "curl -X POST <address>/api/v1/dev/tokens -H 'Content-Type: application/json' "
        '-d \'{"sub": "minji", "name": "김민지", "roles": ["resident"]}\'',
        "and send the answer's access_token as `Authorization: Bearer ...`. Staff have the role `staff`.",
        "The interface is described at /openapi.json.",
    ),
    commands=(commands.add_openapi, commands.add_token),
)
