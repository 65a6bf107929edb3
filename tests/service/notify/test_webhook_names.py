"""The names of people's webhooks are looked up beside everything else: their name servers are anybody's."""

import socket

import eventlet
import pytest
from eventlet.patcher import original

from services.notify.channels.web import NotReached
from services.notify.channels.webhook import public_place

PATIENCE = 10


def test_slow_name_server_holds_up_nobody_else(monkeypatch):
    others_went_on = original("threading").Event()

    def slow(*_, **__):
        if not others_went_on.wait(PATIENCE):
            raise OSError("everybody waited for this")
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    eventlet.spawn(others_went_on.set)
    with pytest.raises(NotReached, match="no public address"):
        public_place("receiver.example", 443)
