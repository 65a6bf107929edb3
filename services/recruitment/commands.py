"""Recruitment's own command: `madang rankings`. What it needs is imported when it is called."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from services.chassis.config import Config


def add_rankings(commands: Any) -> None:
    about = "rebuild every frozen ranking from its log and compare it byte for byte"
    parser = commands.add_parser("rankings", help=about, description=about)
    parser.add_argument("--call", metavar="CODE", help="only of this call, as 2020-1")
    parser.set_defaults(do=rankings)


def rankings(config: Config, chosen: argparse.Namespace) -> int:
    """A line for each: the call's code, how many entries of the log it is made of, the digest of the ranking, and
    `identical` or `differs`. Returns 1 when one differs. Raises NotFound: there is no such ranking.
    """
    from services.chassis.errors import NotFound
    from services.chassis.manifest import named
    from services.chassis.store import open_database
    from services.recruitment.queries.rebuilding import rebuilt

    found = open_database(config, named("recruitment").name).transaction(lambda session: rebuilt(session, chosen.call))
    if chosen.call is not None and not found:
        raise NotFound("There is no frozen ranking of this call.")
    for each in found:
        verdict = "identical" if each.is_identical else "differs"
        sys.stdout.write(f"{each.code}\t{each.entries}\t{each.digest}\t{verdict}\n")
    return int(any(not each.is_identical for each in found))
