"""HTTP itself: bodies in chunks, limits, framing, headers, probes, and a stop that cuts nobody off."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import requests

from tests.service.gateway.conftest import Installation, application
from tests.waiting import PATIENCE

MEGABYTE = 1 << 20
LIMIT = 25 * MEGABYTE


def connected(madang: Installation) -> Any:
    return closing(socket.create_connection(("127.0.0.1", madang.port), PATIENCE))


def exchange(madang: Installation, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """The answer to raw bytes, after which the server closes."""
    with connected(madang) as raw:
        raw.sendall(sent)
        return answer_from(raw)


def answer_from(raw: socket.socket) -> tuple[int, dict[str, str], bytes]:
    received = b""
    while more := raw.recv(65536):
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


def pieces(of: bytes, size: int) -> Iterator[bytes]:
    yield from (of[start : start + size] for start in range(0, len(of), size))


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_body_in_chunks_arrives(madang, size):
    body = json.dumps({"sub": "chunked", "name": "가" * 100}).encode()
    headers = {"Content-Type": "application/json"}
    answer = madang.call("POST", "/dev/tokens", data=pieces(body, size), headers=headers)
    assert answer.status_code == 200
    assert madang.call("GET", "/me", answer.json()["access_token"]).json()["name"] == "가" * 100


def test_body_beyond_the_limit_is_refused(madang):
    answer = madang.call("POST", "/dev/tokens", data=b"x" * (LIMIT + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Connection"] == "close"


def test_body_in_chunks_beyond_the_limit_is_refused_before_its_end(madang):
    """The sender never ends; the answer comes as soon as the limit is passed."""
    with connected(madang) as raw:
        raw.sendall(b"POST /api/v1/dev/tokens HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"
        for _ in range(LIMIT // MEGABYTE + 1):
            raw.sendall(chunk)
        status, headers, body = answer_from(raw)
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(body)["code"] == "too_large"


def test_body_up_to_the_limit_is_taken(madang):
    answer = madang.call("POST", "/dev/tokens", data=b" " * LIMIT, headers={"Content-Type": "text/plain"})
    assert answer.json()["code"] == "too_large"  # for JSON, which may have one megabyte, not for the gateway
    assert answer.headers.get("Connection") != "close"


def test_a_body_that_is_too_large_is_not_even_asked_for(madang):
    """A client that waits for 100 Continue hears 413 instead."""
    head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {LIMIT + 1}\r\nExpect: 100-continue\r\n\r\n"
    assert exchange(madang, head.encode())[0] == 413


HEAD = b"POST /api/v1/dev/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
MALFORMED = {
    "no HTTP": (b"hello\r\n\r\n", 400),
    "no version": (b"GET / HTTP/9.x\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400),
    "a signed length": (HEAD + b"Content-Length: +2\r\n\r\n{}", 400),
    "a negative length": (HEAD + b"Content-Length: -2\r\n\r\n{}", 400),
    "a very long length": (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}", 400),
    "a length and chunks": (HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "another coding": (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
    "a broken chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400),
    "an endless chunk line": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 5000, 400),
    "a long address": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "a long header": (b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"a" * 9000 + b"\r\n\r\n", 431),
}


@pytest.mark.parametrize(("sent", "status"), MALFORMED.values(), ids=MALFORMED.keys())
def test_request_that_is_not_well_formed_is_refused_and_the_connection_closed(madang, sent, status):
    answered, headers, body = exchange(madang, sent)
    assert (answered, headers["content-type"]) == (status, "application/problem+json")
    problem = json.loads(body)
    assert (problem["status"], problem["code"]) == (status, "invalid")
    assert problem["correlation_id"] == headers["x-correlation-id"]
    assert headers["connection"] == "close"
    assert "server" not in headers


def test_body_that_breaks_off_is_refused(madang):
    with connected(madang) as raw:
        raw.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
        raw.shutdown(socket.SHUT_WR)
        assert answer_from(raw)[0] == 400


def test_connection_is_kept_for_the_next_request(madang):
    with connected(madang) as raw:
        for _ in range(3):
            raw.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            assert raw.recv(65536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("path", ["/", "/api/v1/spaces", "/nothing", "/livez", "/openapi.json", "/api"])
def test_every_answer_keeps_others_out(madang, path):
    headers = madang.session.get(madang.address + path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


def test_correlation_id_is_taken_over_if_it_makes_sense(madang):
    answer = madang.call("GET", "/spaces", headers={"X-Correlation-ID": "call-7"})
    assert answer.headers["X-Correlation-ID"] == "call-7"
    assert '"correlation_id": "call-7"' in madang.log()
    strange = madang.call("GET", "/spaces", headers={"X-Correlation-ID": 'a" injected'})
    assert strange.headers["X-Correlation-ID"] not in {"", 'a" injected'}


def test_one_line_of_log_per_request_without_personal_data(madang, resident):
    header = {"X-Correlation-ID": "log-line"}
    madang.call("GET", "/bookings?limit=3", resident, headers=header)
    lines = [json.loads(line) for line in madang.log().splitlines() if '"log-line"' in line]
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"], line["actor"]) == (
        "GET",
        "GET /api/v1/bookings",
        200,
        "minji",
    )
    assert "김민지" not in str(lines)
    assert [each["call"] for each in lines if each["event"] == "done"] == ["list_bookings"]


def test_probes(madang):
    assert madang.call("GET", "/livez").json() == {"status": "live"}
    assert madang.call("GET", "/readyz").json() == {"status": "ready"}
    assert "madang_calls_total" in madang.call("GET", "/metrics").text


def test_development_mode_is_off_where_nobody_asked_for_it(tmp_path):
    """The document of a serving gateway names no way to log in as anybody."""
    environment = {**os.environ, "MADANG_DATA": str(tmp_path), "MADANG_DEV_LOGIN": "0"}
    command = [sys.executable, "-m", "services.chassis.cli"]
    document = subprocess.run([*command, "openapi"], env=environment, capture_output=True, check=True)
    assert not [path for path in json.loads(document.stdout)["paths"] if "/dev/" in path]


def test_token_of_the_command_line_is_good_at_the_gateway(madang):
    person = ["--sub", "operator", "--name", "운영자", "--role", "staff", "--role", "director", "--org", "seogu"]
    command = [sys.executable, "-m", "services.chassis.cli", "token", *person]
    token = subprocess.run(command, env=madang.environment, capture_output=True, check=True, text=True).stdout.strip()
    me = madang.call("GET", "/me", token).json()
    assert (me["name"], me["roles"], me["orgs"]) == ("운영자", ["director", "staff"], ["seogu"])


def test_stop_finishes_what_was_begun_and_takes_nothing_new(fresh):
    madang = fresh()
    resident = madang.token("minji", "resident")
    body = json.dumps(application()).encode()
    head = f"POST /api/v1/bookings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {resident}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with connected(madang) as begun, connected(madang) as idle:
        begun.sendall(head.encode() + body[:20])
        idle.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in idle.recv(65536)  # lines are taken in turn: the one that has begun is taken, too
        madang.process.send_signal(signal.SIGTERM)
        assert idle.recv(1) == b""
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{madang.address}/livez", timeout=60)
        begun.sendall(body[20:])
        status, headers, answered = answer_from(begun)
    assert (status, headers["connection"], json.loads(answered)["status"]) == (201, "close", "pending")
    assert madang.process.wait(PATIENCE) == 0


def test_slow_senders_do_not_hold_up_others(fresh):
    """More half-sent requests than there are workers: they hold connections, not workers."""
    madang = fresh()
    waiting = [socket.create_connection(("127.0.0.1", madang.port), PATIENCE) for _ in range(150)]
    for raw in waiting:
        raw.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
    assert madang.call("GET", "/spaces").status_code == 200
    assert select.select(waiting, [], [], 0)[0] == []  # not one of them was sent away to make room
    for raw in waiting:
        raw.close()
