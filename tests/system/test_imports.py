"""What a process imports: counted in modules, which is the same on every machine, where seconds are not."""

import json
import subprocess
import sys
from collections.abc import Iterable

import pytest

PRINT = "import json, sys; print(json.dumps(sorted(sys.modules)))"
PARSE = """
from services.chassis import cli
try:
    cli.main({arguments})
except SystemExit:
    pass
"""
SERVE = """
from services.chassis import cli
from services.chassis.manifest import named
cli.green.patch()
with cli.importing([named("{service}")]):
    from services.chassis import contracts, health, logs, migrate, runner
contracts.heard([named("{service}")])
"""
RUNTIME = {"eventlet", "kombu", "nameko", "sqlalchemy", "marshmallow", "structlog"}
AT_FIRST_USE = {
    *("PIL", "fontTools", "fpdf", "segno", "openpyxl", "icalendar"),
    *("botocore", "authlib", "requests", "dns", "email_validator"),
    *("babel", "holidays.countries", "phonenumbers"),
    *("alembic", "apispec"),
}
PACKAGES = {"booking", "notify", "recruitment", "training", "gateway"}


def imported_by(program: str) -> set[str]:
    command = [sys.executable, "-W", "ignore", "-c", program + PRINT]
    printed = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    return set(json.loads(printed.splitlines()[-1]))


def of(packages: Iterable[str], modules: set[str]) -> set[str]:
    """The packages that are among the modules."""
    return {package for package in packages if package in modules}


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["serve"], ["no-such-command"]], ids=" ".join)
def test_arguments_are_read_without_what_runs_services(arguments):
    modules = imported_by(PARSE.format(arguments=arguments))
    assert "services.booking.manifest" in modules
    assert of(RUNTIME, modules) == set()


@pytest.mark.parametrize("service", sorted(PACKAGES))
def test_process_imports_what_it_serves(service):
    modules = imported_by(SERVE.format(service=service))
    assert f"services.{service}.service" in modules
    assert of(AT_FIRST_USE, modules) == set()
    others = tuple(f"services.{each}." for each in PACKAGES - {service})
    foreign = {module.split(".")[2] for module in modules if module.startswith(others)}
    assert foreign == ({"manifest", "contract"} if service == "gateway" else {"manifest"})


def test_web_framework_is_the_gateway_s():
    assert of({"flask", "werkzeug"}, imported_by(SERVE.format(service="booking"))) == set()
