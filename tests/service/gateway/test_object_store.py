"""Files of applications in an S3-compatible store, from the browser's request to the bucket and back."""

import os
import subprocess
import sys

import pytest
import requests

from tests.object_store import ADDRESS, PATIENCE, kept, object_store
from tests.service.gateway.conftest import Installation, problem_of
from tests.service.recruitment.selecting import IN_INTAKE, PDF, a_call, content

PARTS = PDF + os.urandom(9 << 20)  # more than one part of an upload


@pytest.fixture(scope="module")
def bucket():
    with object_store() as found:
        yield found


@pytest.fixture(scope="module")
def april(bucket, tmp_path_factory):
    settings = {**bucket, "MADANG_DOCUMENTS": ADDRESS, "NO_PROXY": "127.0.0.1"}
    running = Installation(tmp_path_factory.mktemp("april"), now=IN_INTAKE, **settings)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def draft(april) -> tuple[str, str]:
    """The person who applies, and the address of their application."""
    staff = april.token("staff-1", "staff")
    call = april.call("POST", "/calls", staff, json=a_call()).json()
    april.call("POST", f"/calls/{call['id']}/publish", staff)
    person = april.token("member-1", "member", orgs=["org-1"])
    body = {"organisation_id": "org-1", **content(1)}
    return person, april.call("POST", f"/calls/{call['id']}/applications", person, json=body).headers["Location"]


def put(april, draft, body):
    person, address = draft
    return april.call("PUT", f"{address}/documents/business_plan", person, data=body, params={"name": "계획.pdf"})


@pytest.mark.parametrize(("body", "hour"), [(PDF, 11), (PARTS, 12)], ids=["small", "in parts"])
def test_file_comes_back_from_the_bucket(april, draft, bucket, body, hour):
    person, address = draft
    made = put(april, draft, body)
    assert (made.status_code, made.json()["size"]) == (200, len(body)), made.text
    assert april.call("GET", f"{address}/documents/business_plan", person).content == body
    april.call("POST", "/dev/clock", json={"now": f"2020-04-10T{hour}:00:00+09:00"})  # what was replaced is gone
    assert len(kept(bucket)) == 1


def test_file_that_is_refused_leaves_nothing_in_the_bucket(april, draft, bucket):
    before = kept(bucket)
    problem_of(put(april, draft, b"MZ\x90\x00" + b"\x00" * (9 << 20)), 409, "document_rejected")
    assert kept(bucket) == before


def test_upload_that_breaks_off_leaves_nothing_in_the_bucket(april, draft, bucket):
    before = kept(bucket)

    def half():
        yield PARTS
        raise ConnectionError("the line is cut")

    with pytest.raises(requests.ConnectionError):
        put(april, draft, half())
    assert kept(bucket) == before


SMALL_PARTS = """
import io
from services.chassis import ids, s3
from services.chassis.documents import DocumentStore

s3.PART = 1 << 20  # smaller than S3 takes, which it says when the upload is to be complete
try:
    DocumentStore("s3://madang/files").receive(ids.new_id(), io.BytesIO(bytes(3 << 20)))
except OSError:
    raise SystemExit(3)
"""


def test_upload_that_the_store_refuses_at_its_end_leaves_no_parts(bucket):
    before = kept(bucket)
    environment = {**os.environ, **bucket, "NO_PROXY": "127.0.0.1"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SMALL_PARTS], env=environment, timeout=PATIENCE)
    assert done.returncode == 3
    assert kept(bucket) == before
