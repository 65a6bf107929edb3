"""The wheel, installed in an environment of its own and run in an empty folder: on the CPython of this run, and on the
newest one that can be used. `make test-pythons` runs the embedded part of the suite on each.

The newest Python gets what the lock names by uv, which takes a tenth of pip's time.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest
import requests

from tests.system.embedded import Embedded
from tests.system.test_embedded import SLOT, mailbox
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
THIS, NEWEST = f"3.{sys.version_info.minor}", "3.13"
IMPORT_ALL = """
import importlib, pkgutil, services
from services.chassis import green

green.patch()
names = [each.name for each in pkgutil.walk_packages(services.__path__, "services.")]
for name in names:
    if ".migrations." not in name:  # Alembic runs them
        importlib.import_module(name)
print(len(names))
"""


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy, so that nothing of an earlier build gets in and nothing is left in the work tree."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("services", "deploy/centres"):
        shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", built, source)
    (path,) = built.iterdir()
    return path


@pytest.fixture(params=sorted({THIS, NEWEST}))
def libraries(request, tmp_path) -> tuple[str, Path]:
    """An interpreter of this version, and the folder with what the lock names."""
    if request.param == THIS:
        return sys.executable, Path(sysconfig.get_path("purelib"))
    name, check = f"python{request.param}", ("sh", "deploy/environment.sh", "check")
    found = subprocess.run(check, cwd=ROOT, env={**os.environ, "PYTHON": name}, stdout=subprocess.PIPE, text=True)
    if found.returncode:
        pytest.skip(f"CPython {request.param} is not on this machine")
    python = tmp_path / "libraries/bin/python"
    run(found.stdout.strip(), "-m", "venv", "--without-pip", tmp_path / "libraries")
    uv = (Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--python", python)
    run(*uv, "--require-hashes", "--requirement", ROOT / "requirements.lock")
    return str(python), tmp_path / "libraries/lib" / name / "site-packages"


@pytest.fixture
def installed(libraries, wheel, tmp_path) -> Path:
    """The programs of an environment that has the wheel, and next to it what the lock names."""
    python, packages = libraries
    bin_folder = tmp_path / "venv/bin"
    run(python, "-m", "venv", "--without-pip", tmp_path / "venv")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", bin_folder / "python")
    run(*pip, "install", "--no-deps", "--no-index", wheel)
    # last, because pip would take the project, which is there as well, for an installation of this environment
    (own,) = (tmp_path / "venv/lib").glob("python*/site-packages")
    (own / "lock.pth").write_text(f"{packages}\n")
    return bin_folder


def test_wheel_has_every_file_of_the_services(wheel):
    tracked = run("git", "ls-files", "services", "deploy/centres", cwd=ROOT).split()
    wanted = {
        name.replace("deploy/centres/", "services/centre/profiles/") for name in tracked if (ROOT / name).is_file()
    }
    assert wanted - set(ZipFile(wheel).namelist()) == set()


def test_installed_it_imports_starts_and_takes_a_booking_to_its_message(installed, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert int(run(installed / "python", "-W", "error::SyntaxWarning", "-c", IMPORT_ALL, cwd=folder)) > 300
    command = (str(installed / "madang"), "run")
    embedded = Embedded(tmp_path, command=command, cwd=folder, MADANG_PROFILE="", MADANG_DATA="")
    embedded.start()
    try:
        front_page = requests.get(embedded.root, headers={"Accept-Language": "ko"}, timeout=60).text
        assert "마당" in front_page, embedded.output()
        assert requests.get(f"{embedded.root}/openapi.json", timeout=60).status_code == 200
        resident, staff = embedded.session("hong", "resident"), embedded.session("lee", "staff")
        contact = {"email": "hong@example.org", "locale": "ko"}
        assert resident.put(f"{embedded.url}/me/contact", json=contact, timeout=60).ok
        booking = resident.post(f"{embedded.url}/bookings", json=SLOT, timeout=60).json()
        assert staff.post(f"{embedded.url}/bookings/{booking['id']}/approve", timeout=60).status_code == 200
        wait_until(lambda: any("확정" in mail["subject"] for mail in mailbox(embedded)))
    finally:
        assert embedded.stop() == 0, embedded.output()
    assert (folder / ".madang/booking.db").exists()
