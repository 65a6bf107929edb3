"""S3-compatible stores for fsspec, by botocore: `s3://bucket/prefix`, with the AWS_… variables of every S3 client.

fsspec's own s3fs runs an event loop in a thread of its own, which cannot live in a process whose threads are green.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session
from fsspec import AbstractFileSystem
from fsspec.spec import AbstractBufferedFile

PART = 8 << 20
"""Bytes of a part of an upload, in memory at once. S3 takes none below 5 MiB but the last."""
PATIENCE = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"})
ABSENT = {"404", "NoSuchKey", "NotFound"}


class S3FileSystem(AbstractFileSystem):
    """Raises FileNotFoundError for what is not there, else OSError for what the store says or when it is away."""

    protocol = "s3"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client = get_session().create_client("s3", config=PATIENCE)

    def info(self, path: str, **_options: Any) -> dict[str, Any]:
        with _as_os_errors(path):
            found = self.client.head_object(**_bucket_and_key(self._strip_protocol(path)))
        return _described(path, found["ContentLength"], found["LastModified"])

    def find(self, path: str, detail: bool = False, **_options: Any) -> Any:
        """The names of what is below; with detail, what `info` says by name."""
        found = {each["name"]: each for each in self._below(path)}
        return found if detail else list(found)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """There is nothing to make."""

    def mv(self, path1: str, path2: str, **_options: Any) -> None:
        """Copied within the store, then removed."""
        source = _bucket_and_key(self._strip_protocol(path1))
        with _as_os_errors(path1):
            self.client.copy_object(CopySource=source, **_bucket_and_key(self._strip_protocol(path2)))
        self.rm_file(path1)

    def rm_file(self, path: str) -> None:
        with _as_os_errors(path):
            self.client.delete_object(**_bucket_and_key(self._strip_protocol(path)))

    def _below(self, path: str) -> Iterator[dict[str, Any]]:
        bucket, _, prefix = self._strip_protocol(path).partition("/")
        pages = self.client.get_paginator("list_objects_v2")
        with _as_os_errors(path):
            for page in pages.paginate(Bucket=bucket, Prefix=f"{prefix}/"):
                for each in page.get("Contents", ()):
                    yield _described(f"{bucket}/{each['Key']}", each["Size"], each["LastModified"])

    def _open(self, path: str, mode: str = "rb", **_options: Any) -> S3File:
        return S3File(self, path, mode, block_size=PART, cache_type="readahead")


class S3File(AbstractBufferedFile):
    """One that is written becomes visible when it is closed, whole."""

    def _initiate_upload(self) -> None:
        self.parts: list[dict[str, Any]] = []
        with _as_os_errors(self.path):
            begun = self.fs.client.create_multipart_upload(**_bucket_and_key(self.path))
        self.upload = {**_bucket_and_key(self.path), "UploadId": begun["UploadId"]}

    def _upload_chunk(self, final: bool = False) -> bool:
        piece = self.buffer.getvalue()
        try:
            with _as_os_errors(self.path):
                if piece or not self.parts:
                    self._send(piece)
                if final:
                    self.fs.client.complete_multipart_upload(**self.upload, MultipartUpload={"Parts": self.parts})
        except OSError:
            self._give_up()
            raise
        return True

    def _send(self, piece: bytes) -> None:
        number = len(self.parts) + 1
        sent = self.fs.client.upload_part(**self.upload, PartNumber=number, Body=piece)
        self.parts.append({"PartNumber": number, "ETag": sent["ETag"]})

    def _give_up(self) -> None:
        """Nothing half sent stays, as far as the store can be told so; and closing sends nothing more."""
        self.closed = True
        with suppress(BotoCoreError, ClientError):
            self.fs.client.abort_multipart_upload(**self.upload)

    def _fetch_range(self, start: int, end: int) -> bytes:
        with _as_os_errors(self.path):
            found = self.fs.client.get_object(**_bucket_and_key(self.path), Range=f"bytes={start}-{end - 1}")
            piece: bytes = found["Body"].read()
        return piece


def _described(name: str, size: int, modified: datetime) -> dict[str, Any]:
    return {"name": name, "size": size, "type": "file", "mtime": modified.timestamp()}


def _bucket_and_key(path: str) -> dict[str, str]:
    bucket, _, key = path.partition("/")
    return {"Bucket": bucket, "Key": key}


@contextmanager
def _as_os_errors(path: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in ABSENT:
            raise FileNotFoundError(path) from error
        raise OSError(f"{path}: {error}") from error
    except BotoCoreError as error:
        raise OSError(f"{path}: {error}") from error
