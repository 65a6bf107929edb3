"""Centre profiles for tests: the first centre's, with what would stand in a test's way changed."""

from __future__ import annotations

from pathlib import Path

FIRST_CENTRE = Path("deploy/centres/seogu.yaml")


def without_quota(directory: Path) -> Path:
    """Where one person applies again and again. The quota has tests of its own."""
    text = FIRST_CENTRE.read_text(encoding="utf-8")
    assert "monthly_quota: 4 " in text
    profile = directory / "without-quota.yaml"
    profile.write_text(text.replace("monthly_quota: 4 ", "monthly_quota: 100000 "), encoding="utf-8")
    return profile
