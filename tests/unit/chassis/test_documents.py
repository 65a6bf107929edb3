"""The store of files, on a directory and on an object store of fsspec's."""

import hashlib
import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis import ids
from services.chassis.documents import DocumentStore, key_of

BODY = b"%PDF-1.7" + b"0123456789" * 20_000


class Broken(io.RawIOBase):
    """The line is cut after the first piece."""

    def __init__(self) -> None:
        self.pieces = [BODY]

    def read(self, size: int = -1) -> bytes:
        if self.pieces:
            return self.pieces.pop()
        raise ConnectionError("the line is cut")


@pytest.fixture(params=["directory", "memory"])
def store(request, tmp_path) -> DocumentStore:
    return DocumentStore(str(tmp_path) if request.param == "directory" else f"memory://{uuid.uuid4().hex}/files")


def files(store: DocumentStore) -> list[str]:
    return sorted(store.left_behind(datetime.now(UTC) + timedelta(days=1)))


def put(store: DocumentStore) -> str:
    upload_id = ids.new_id()
    return store.keep(upload_id, store.receive(upload_id, io.BytesIO(BODY)))


def test_file_comes_back_and_goes_and_two_uploads_are_two_files(store):
    digest = hashlib.sha256(BODY).hexdigest()
    first, second = put(store), put(store)
    assert first.startswith(f"sha256/{digest[:2]}/{digest}-")
    assert files(store) == sorted([first, second])
    assert b"".join(store.read(first)) == BODY
    assert max(len(piece) for piece in store.read(first)) < len(BODY)
    store.remove(first)
    store.remove(first)  # what is not there is removed
    assert files(store) == [second]
    with pytest.raises(FileNotFoundError):
        store.read(first)


def test_upload_that_breaks_off_leaves_nothing(store):
    with pytest.raises(ConnectionError):
        store.receive(ids.new_id(), Broken())
    assert files(store) == []


def test_what_was_never_kept_is_found_by_its_age(store):
    upload_id = ids.new_id()
    store.receive(upload_id, io.BytesIO(BODY))
    assert files(store) == [f"incoming/{upload_id}"]
    assert list(store.left_behind(datetime.now(UTC) - timedelta(hours=1))) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "sha256/aa/../../x", key_of("A" * 64, ids.new_id()), ""])
def test_what_is_no_key_of_the_store_is_not_removed(store, key):
    with pytest.raises(ValueError, match="no key"):
        store.remove(key)
