"""The profile: a YAML file that tells what is run. Each service keeps the sections that it reads in its own database.

`read` refuses a file with every error at once, each with its path and line. `load` stores a service's sections and
applies them, all or nothing, and does nothing when they are already loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from marshmallow import Schema
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.db import insert
from services.chassis.manifest import Manifest
from services.chassis.tables import profile

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times as fast
Lines = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Fault:
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path}: {self.message}"


class ProfileError(Exception):
    """The profile cannot be used. `faults` has every reason."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))


def read(path: Path, sections: Mapping[str, type[Schema]], *, others: bool = False) -> dict[str, Any]:
    """The file's content as it stands, checked against `sections`. Raises ProfileError.

    others: services whose code is not in this installation may read further sections, which are not checked.
    """
    content, lines = _parsed(path)
    if faults := list(_faults(content if not others else _only(content, sections), lines, sections)):
        raise ProfileError(path, faults)
    return content


def _parsed(path: Path) -> tuple[dict[str, Any], Lines]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise ProfileError(path, [Fault("", 0, f"cannot be read: {error.strerror}")]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ProfileError(path, [Fault("", mark.line + 1 if mark else 0, f"is no YAML: {error}")]) from error
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    if not isinstance(content, dict):
        raise ProfileError(path, [Fault("", 1, "a profile is a mapping of sections")])
    return content, dict(_lines(node))


def load(session: Session, manifest: Manifest, content: Mapping[str, Any], now: Any) -> bool:
    """Stores the service's sections. False: they were loaded already. Raises KeyError for a section that is missing."""
    own = {name: content[name] for name in manifest.sections}
    fingerprint = hashlib.sha256(json.dumps(own, sort_keys=True, default=str).encode()).hexdigest()
    if session.execute(select(profile.c.fingerprint)).scalar_one_or_none() == fingerprint:
        return False
    stored = {"fingerprint": fingerprint, "content": json.loads(json.dumps(own, default=str)), "loaded_at": now}
    session.execute(
        insert(session, profile).values(id=1, **stored).on_conflict_do_update(index_elements=["id"], set_=stored)
    )
    if manifest.apply:
        manifest.apply_profile(session, typed(manifest, own))
    return True


FINGERPRINT = select(profile.c.fingerprint)


def stored(session: Session) -> tuple[str, dict[str, Any]] | None:
    """Fingerprint and content of the loaded profile."""
    row = session.execute(select(profile.c.fingerprint, profile.c.content)).one_or_none()
    return (row.fingerprint, row.content) if row else None


def typed(manifest: Manifest, content: Mapping[str, Any]) -> Any:
    return manifest.typed_profile({name: schema().load(content[name]) for name, schema in manifest.schemas().items()})


def _only(content: Mapping[str, Any], sections: Iterable[str]) -> dict[str, Any]:
    return {name: content[name] for name in sections if name in content}


def _faults(content: Mapping[str, Any], lines: Lines, sections: Mapping[str, type[Schema]]) -> Iterator[Fault]:
    for unknown in content.keys() - sections.keys():
        yield Fault(str(unknown), lines.get((str(unknown),), 0), "there is no such section")
    for name, schema in sections.items():
        if name not in content:
            yield Fault(name, 1, "the section is missing")
        else:
            for path, message in _flat(schema().validate(content[name]), (name,)):
                yield Fault(".".join(path), _line(lines, path), message)


def _flat(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            # marshmallow files a mapping's faulty entries under "value" and "key", and a schema's own under "_schema"
            yield from _flat(inner, path if key in {"_schema", "value", "key"} else (*path, str(key)))
    elif isinstance(messages, list):
        for message in messages:
            yield from _flat(message, path)
    else:
        yield path, str(messages)


def _line(lines: Lines, path: tuple[str, ...]) -> int:
    """The line of the path, or of the nearest part of it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _lines(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            yield inner, key.start_mark.line + 1
            yield from _lines(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = (*path, str(number))
            yield inner, value.start_mark.line + 1
            yield from _lines(value, inner)
