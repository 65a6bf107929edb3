"""The gateway's own commands: `madang openapi` and `madang token`. What they need is imported when they are called."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from services.chassis.config import Config, ConfigError


def add_openapi(commands: Any) -> None:
    about = "the HTTP interface as an OpenAPI 3.1 document"
    commands.add_parser("openapi", help=about, description=about).set_defaults(do=openapi)


def add_token(commands: Any) -> None:
    about = "a bearer token, signed with this installation's key"
    parser = commands.add_parser("token", help=about, description=about)
    parser.add_argument("--sub", required=True, metavar="ID", help="who it is for")
    parser.add_argument("--name", help="as others read it; by default the id")
    parser.add_argument("--role", action="append", default=[], metavar="ROLE", help="may be given several times")
    parser.add_argument("--org", action="append", default=[], metavar="ID", help="may be given several times")
    parser.add_argument("--locale", default="ko")
    parser.set_defaults(do=token)


def openapi(config: Config, _: argparse.Namespace) -> None:
    from services.gateway.api import document

    json.dump(document.Interface(config).document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def token(config: Config, chosen: argparse.Namespace) -> None:
    """Raises ConfigError."""
    from marshmallow import ValidationError

    from services.gateway.identity import Tokens
    from services.gateway.identity.subject import Subject

    person = {"sub": chosen.sub, "roles": chosen.role, "orgs": chosen.org, "locale": chosen.locale}
    if chosen.name is not None:
        person["name"] = chosen.name
    try:
        issued = Tokens.of(config).issue(Subject().load(person))
    except ValidationError as error:
        raise ConfigError(f"no token for this: {error.messages}") from error
    sys.stdout.write(issued + "\n")
