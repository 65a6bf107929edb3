"""How often somebody may ask, and where a request comes from."""

from ipaddress import ip_network

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from services.gateway.limits import MOST_BUCKETS, Limit, address_of
from services.gateway.problems import TooMany

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def granted(limit: Limit, who: str, times: int) -> int:
    done = 0
    for _ in range(times):
        try:
            limit.spend(who)
            done += 1
        except TooMany:
            continue
    return done


def test_a_quarter_of_a_minutes_requests_may_come_at_once_and_then_they_come_evenly():
    watch = Watch()
    limit = Limit(60, now=watch)
    assert granted(limit, "minji", 100) == 15
    watch.seconds = 4.0
    assert granted(limit, "minji", 100) == 4
    watch.seconds = 3600.0
    assert granted(limit, "minji", 100) == 15


def test_one_ones_requests_are_not_anothers():
    limit = Limit(60, now=Watch())
    assert granted(limit, "minji", 100) == 15
    assert granted(limit, "junho", 1) == 1


def test_refusal_says_when_to_come_again():
    watch = Watch()
    limit = Limit(6, now=watch)
    granted(limit, "minji", 1)
    with pytest.raises(TooMany) as refused:
        limit.spend("minji")
    assert refused.value.seconds == 5
    watch.seconds = 5.0
    limit.spend("minji")


def test_no_limit():
    assert granted(Limit(0), "minji", 10_000) == 10_000


def test_buckets_are_not_kept_without_end():
    limit = Limit(60, now=Watch())
    for number in range(MOST_BUCKETS + 500):
        limit.spend(str(number))
    assert len(limit._buckets) == MOST_BUCKETS


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.99, 198.51.100.1, 10.3.3.3", "198.51.100.1"),
        ("10.0.0.1", "made-up, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "made up", "unknown"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", " ,", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("", None, "unknown"),
    ],
)
def test_address_is_the_last_that_is_not_our_own_proxys(peer, forwarded, address):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = Request(EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": peer}).get_environ())
    assert address_of(request, PROXIES) == address
