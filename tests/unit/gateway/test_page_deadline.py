"""How long a page waits for the services behind it."""

from datetime import timedelta

from flask import Flask, g

from services.chassis import clock
from services.chassis.config import Config
from services.chassis.context import Context
from services.gateway.web.shell import set_deadline


def test_page_gives_up_after_a_share_of_the_deadline_of_calls():
    app = Flask(__name__)
    app.extensions["config"] = Config(rpc_deadline=1000.0)
    with app.test_request_context():
        g.context = Context.begin()
        before = clock.wall()
        set_deadline()
        assert timedelta(seconds=400) <= g.context.deadline - before < timedelta(seconds=500)
