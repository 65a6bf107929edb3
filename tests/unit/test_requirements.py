"""What a service imports is declared for it, and the locks pin it."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import grimp
import pytest

from tests.changed import COMMAND_LINE, ROOT, needed_by

SERVICES = ("booking", "gateway", "notify", "recruitment", "training")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ]+)(?: ;[^\\]*)? \\\n    --hash=sha256:", re.MULTILINE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*parts: str) -> set[str]:
    lines = [line for part in parts for line in (ROOT / f"services/{part}/requirements.in").read_text().splitlines()]
    return {canonical(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in lines if line and not line.startswith("#")}


def pins(path: str) -> dict[str, str]:
    """Version of each distribution in a lock. All lines of a lock belong to one that has hashes."""
    text = (ROOT / path).read_text()
    found = {canonical(name): version for name, version in PIN.findall(text)}
    assert len(found) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE))
    return found


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("services", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_imports_is_declared_beside_it_or_for_all(graph, service):
    modules = needed_by(f"services.{service}.manifest") | needed_by(COMMAND_LINE)
    assert f"services.{service}.service" in modules
    imported = {each for module in modules & graph.modules for each in graph.find_modules_directly_imported_by(module)}
    distributions = packages_distributions()
    outside = {each for each in imported if not each.startswith("services.") and each not in sys.stdlib_module_names}
    needed = {canonical(distributions[each][0]) for each in outside}
    assert needed - declared("chassis", "centre", service) == set()


@pytest.mark.parametrize("service", SERVICES)
def test_lock_of_one_service_pins_what_it_needs_as_the_lock_of_all_does(service):
    lock = pins(f"deploy/locks/{service}.lock")
    assert declared("chassis", "centre", service) <= lock.keys()
    assert lock.items() <= pins("requirements.lock").items()


def test_lock_of_all_pins_what_is_declared_and_the_one_for_development_adds_to_it():
    lock, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert declared("chassis", "centre", *SERVICES) <= lock.keys()
    assert lock.keys() & development.keys() == set()


def test_extras_are_one_service_each_and_without_one_everything_is_installed():
    dynamic = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["dynamic"]
    files = {part: f"services/{part}/requirements.in" for part in ("chassis", "centre", *SERVICES)}
    assert set(dynamic["dependencies"]["file"]) == set(files.values())
    assert dynamic["optional-dependencies"] == {
        service: {"file": [files["chassis"], files["centre"], files[service]]} for service in SERVICES
    }
