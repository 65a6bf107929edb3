"""The first centre's profile is sound, and a faulty one is refused with every fault at its line."""

from pathlib import Path

import pytest

from services.chassis import profile
from services.chassis.manifest import installed

SECTIONS = {name: schema for manifest in installed().values() for name, schema in manifest.schemas().items()}
SEOGU = Path("deploy/centres/seogu.yaml")


def faults_of(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    file = tmp_path / "centre.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(profile.ProfileError) as caught:
        profile.read(file, SECTIONS)
    return sorted((fault.path, fault.line) for fault in caught.value.faults)


def test_profile_of_the_first_centre_is_sound():
    content = profile.read(SEOGU, SECTIONS)
    assert [space["id"] for space in content["booking"]["spaces"]] == ["edu-1", "edu-2", "meeting", "lounge", "hall"]


def test_every_fault_is_told_with_its_path_and_line(tmp_path):
    lines = SEOGU.read_text(encoding="utf-8").splitlines()
    zone = next(number for number, line in enumerate(lines) if "zone: Asia/Seoul" in line)
    capacity = next(number for number, line in enumerate(lines) if "capacity: 12" in line)
    hall_rooms = next(number for number, line in enumerate(lines) if "rooms: [edu-1" in line)
    lines[zone] = "  zone: Asia/Gajeong"
    lines[capacity] = "      capacity: many"
    lines[hall_rooms] = "      rooms: [edu-1, attic]"
    lines.append("kitchen: {}")
    assert faults_of(tmp_path, "\n".join(lines)) == sorted(
        [
            ("centre.zone", zone + 1),
            ("booking.spaces.2.capacity", capacity + 1),
            ("kitchen", len(lines)),
        ]
    )


def test_sections_of_services_that_are_not_here_are_left_unread(tmp_path):
    own = {name: SECTIONS[name] for name in ("centre", "booking")}
    assert profile.read(SEOGU, own, others=True)["booking"]
    with pytest.raises(profile.ProfileError, match="notify: there is no such section"):
        profile.read(SEOGU, own)
    faulty = tmp_path / "centre.yaml"
    faulty.write_text(SEOGU.read_text(encoding="utf-8").replace("capacity: 12", "capacity: -1"), encoding="utf-8")
    with pytest.raises(profile.ProfileError, match=r"booking\.spaces\.2\.capacity"):
        profile.read(faulty, own, others=True)


def test_hall_of_an_unknown_room_is_told_at_its_line(tmp_path):
    text = SEOGU.read_text(encoding="utf-8").replace("rooms: [edu-1, edu-2, lounge]", "rooms: [edu-1, attic]")
    line = 1 + next(number for number, each in enumerate(text.splitlines()) if "attic" in each)
    assert faults_of(tmp_path, text) == [("booking.spaces.4.rooms", line)]


@pytest.mark.parametrize("text", ["", "- a list", "centre: [", "\tcentre: x"])
def test_what_is_no_profile_at_all_is_refused(tmp_path, text):
    assert faults_of(tmp_path, text)
