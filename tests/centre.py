"""The first centre's profile, read once, and variants of it."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROFILE = Path("deploy/centres/seogu.yaml")


def content() -> dict[str, Any]:
    """A copy that the caller may change."""
    return deepcopy(_content())


def write_variant(path: Path, section: str, values: dict[str, Any]) -> Path:
    """Writes the profile to `path`, with other values in one of its sections."""
    changed = {**_content(), section: {**_content()[section], **values}}
    path.write_text(yaml.dump(changed, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    return path


@cache
def _content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(PROFILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded
