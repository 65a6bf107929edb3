"""A store for files, beside the databases: a directory, or any object store that fsspec knows (`s3://bucket/prefix`).

A file comes in under a temporary name and is hashed on its way, in pieces; then it is kept under its SHA-256 and the id
of its upload, so that no two uploads ever share a file and one can be removed without asking who else has it. What was
left by a process that died is found by its age (`left_behind`). Nothing here knows what a file is for.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import eventlet
from fsspec import register_implementation
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem
from nameko.extensions import DependencyProvider

from services.chassis.config import Config

PIECE = 64 << 10
"""Bytes that are in memory at once."""
INCOMING, KEPT = "incoming", "sha256"
register_implementation("s3", "services.chassis.s3.S3FileSystem", clobber=True)
_KEY = re.compile(r"sha256/[0-9a-f]{2}/[0-9a-f]{64}-[0-9a-f-]{36}|incoming/[0-9a-f-]{36}")


@dataclass(frozen=True)
class Arrived:
    """size: in bytes. digest: SHA-256, in hexadecimal."""

    size: int
    digest: str


def key_of(digest: str, upload_id: str) -> str:
    return f"{KEPT}/{digest[:2]}/{digest}-{upload_id}"


class DocumentStore:
    """Raises OSError when the store is away."""

    def __init__(self, url: str) -> None:
        self._files, self._root = url_to_fs(url)

    def receive(self, upload_id: str, source: BinaryIO) -> Arrived:
        """Takes the file in under a temporary name. Of one that breaks off nothing stays."""
        path = self._path(f"{INCOMING}/{upload_id}")
        self._files.makedirs(posixpath.dirname(path), exist_ok=True)
        hashed, size = hashlib.sha256(), 0
        try:
            with self._files.open(path, "wb") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    hashed.update(piece)
                    size += len(piece)
                    eventlet.sleep(0)  # others have their turn
                self._settle(target)
        except BaseException:
            self._remove(path)
            raise
        return Arrived(size, hashed.hexdigest())

    def keep(self, upload_id: str, arrived: Arrived) -> str:
        """Gives it its lasting name, which is returned."""
        key = key_of(arrived.digest, upload_id)
        self._files.makedirs(posixpath.dirname(self._path(key)), exist_ok=True)
        self._files.mv(self._path(f"{INCOMING}/{upload_id}"), self._path(key))
        return key

    def read(self, key: str) -> Iterator[bytes]:
        """In pieces. Raises FileNotFoundError before the first one."""
        source = self._files.open(self._path(key), "rb")
        return _pieces(source)

    def remove(self, key: str) -> None:
        """What is not there is removed."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key of this store: {key!r}")
        self._remove(self._path(key))

    def left_behind(self, before: datetime) -> Iterator[str]:
        """The keys of all files that are older than `before`, by the store's own clock."""
        for area in (INCOMING, KEPT):
            for path, told in self._files.find(self._path(area), detail=True).items():
                key = self._key(path)
                if _KEY.fullmatch(key) and self._changed(path, told) < before:
                    yield key

    def _changed(self, path: str, told: Mapping[str, Any]) -> datetime:
        """A directory and S3 say it in their lists; other stores are asked."""
        if "mtime" in told:
            return datetime.fromtimestamp(told["mtime"], UTC)
        changed: datetime = self._files.modified(path)
        return changed if changed.tzinfo else changed.replace(tzinfo=UTC)

    def _settle(self, target: Any) -> None:
        """A directory's file is on the disk before anybody relies on it; an object store says so by itself."""
        if isinstance(self._files, LocalFileSystem):
            target.flush()
            os.fsync(target.fileno())

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self._files.rm_file(path)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}"

    def _key(self, path: str) -> str:
        return path.removeprefix(self._root.rstrip("/") + "/")


class Documents(DependencyProvider):
    """Gives a service the store: `self.documents`."""

    def setup(self) -> None:
        self._store = store_of(self.container.config["madang"])

    def get_dependency(self, worker_ctx: Any) -> DocumentStore:
        return self._store


def store_of(config: Config) -> DocumentStore:
    return DocumentStore(config.documents_url)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    with source:
        while piece := source.read(PIECE):
            yield piece
            eventlet.sleep(0)
