import re
from dataclasses import Field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.chassis import parsing
from services.chassis.config import Config, ConfigError


def test_config_of_an_empty_environment_is_embedded():
    config = Config.from_environ({})
    assert config.embedded
    assert config.database_url_of("booking") == f"sqlite:///{Path('.madang/booking').absolute()}.db"


def test_config_reads_every_kind_of_value():
    config = Config.from_environ(
        {"MADANG_PORT": "9000", "MADANG_CLOCK": "2020-03-10T09:00:00+09:00", "MADANG_OUTSIDE_SOURCES": "district city"}
    )
    assert (config.port, config.outside_sources) == (9000, ("district", "city"))
    assert config.clock_start == datetime(2020, 3, 10, tzinfo=UTC)


def test_config_names_every_wrong_variable_at_once():
    environ = {
        "MADANG_PORT": "70000",
        "MADANG_CLOCK": "2020-03-10T09:00:00",
        "MADANG_SMTP_URL": "mail.example.org",
        "MADANG_DEV_LOGIN": "yes",
        "MADANG_MAX_WORKERS": "0",
    }
    with pytest.raises(ConfigError) as caught:
        Config.from_environ(environ)
    assert {line.split("=")[0] for line in str(caught.value).splitlines()} == environ.keys()


@pytest.mark.parametrize(
    ("variable", "advice"),
    [
        ("MADANG_PRT", "did you mean MADANG_PORT?"),
        ("MADANG_BOKING_DATABASE_URL", "did you mean MADANG_BOOKING_DATABASE_URL?"),
        ("MADANG_ZEBRA_CROSSING_COUNT", "`madang settings` lists all of them"),
    ],
)
def test_unknown_variable_is_refused_with_the_nearest_known_name(variable, advice):
    with pytest.raises(ConfigError) as caught:
        Config.from_environ({variable: "", "OTHERS_PORT": "1"})
    assert str(caught.value) == f"{variable}: there is no such setting; {advice}"


def is_readable_as_anything(each: Field[Any]) -> bool:
    return each.metadata["parse"] in {str, Path, parsing.words}


@pytest.mark.parametrize(
    "each",
    [each for each in fields(Config) if "variable" in each.metadata and not is_readable_as_anything(each)],
    ids=lambda each: each.metadata["variable"],
)
def test_value_that_cannot_be_read_is_refused_with_what_would_be_right(each):
    variable = each.metadata["variable"]
    for text in ("eighty", "http://[", "-1", "\N{BELL}", "NaN"):
        with pytest.raises(ConfigError) as caught:
            Config.from_environ({variable: text})
        line = str(caught.value).splitlines()[0]
        assert re.fullmatch(rf"{variable}=[^:]*(:.*)?: (rate: )?give .+", line), line


@pytest.mark.parametrize("variable", ["MADANG_OIDC_FLOOR", "MADANG_RPC_DEADLINE", "MADANG_DRAIN_LIMIT"])
@pytest.mark.parametrize("text", ["0", "-2.5", "inf", "nan"])
def test_span_of_time_is_above_zero_and_finite(variable, text):
    with pytest.raises(ConfigError, match="seconds above 0"):
        Config.from_environ({variable: text})
    assert Config.from_environ({variable: "2.5"})


def test_value_with_a_password_is_not_repeated():
    environ = {
        "AMQP_URI": "http://me:hunter2@broker",
        "DATABASE_URL": "mysql://me:hunter2@db/{service}",
        "MADANG_NOTIFY_DATABASE_URL": "postgresql://me:hunter2@db:port/notify",
        "MADANG_SMTP_URL": "mail://me:hunter2@mail",
        "MADANG_RECEIPT_SECRETS": "hunter2",
    }
    with pytest.raises(ConfigError) as caught:
        Config.from_environ(environ)
    assert "hunter2" not in str(caught.value)
    assert all(variable in str(caught.value) for variable in environ)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("centre.example", False)],
)
def test_development_login_is_for_loopback_only(host, allowed):
    environ = {"MADANG_DEV_LOGIN": "1", "MADANG_HOST": host}
    if allowed:
        assert Config.from_environ(environ).dev_login
    else:
        with pytest.raises(ConfigError, match="loopback"):
            Config.from_environ(environ)
        with pytest.raises(ConfigError, match="loopback"):
            Config.from_environ({"MADANG_HOST": host}).for_development()


def test_development_login_is_not_for_what_people_reach_from_elsewhere():
    config = Config.from_environ({"MADANG_PUBLIC_ADDRESS": "https://madang.example"})
    with pytest.raises(ConfigError, match="MADANG_PUBLIC_ADDRESS"):
        config.for_development()


ISSUER = {
    "MADANG_PUBLIC_ADDRESS": "https://madang.example",
    "MADANG_OIDC_ISSUER": "https://issuer.example/realms/seogu",
    "MADANG_OIDC_CLIENT_ID": "madang",
    "MADANG_OIDC_ROLES": "centre-staff=staff centre-staff=director",
    "MADANG_OIDC_ALGORITHMS": "ES256 RS256",
    "MADANG_TRUSTED_PROXIES": "10.0.0.0/8 fd00::/8",
}


def test_issuer_is_read():
    config = Config.from_environ(ISSUER)
    assert config.oidc_roles == (("centre-staff", "staff"), ("centre-staff", "director"))
    assert (config.oidc_algorithms, config.oidc_floor) == (("ES256", "RS256"), 30.0)
    assert [str(each) for each in config.trusted_proxies] == ["10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MADANG_OIDC_ISSUER", "http://issuer.example"),
        ("MADANG_OIDC_ISSUER", "issuer.example"),
        ("MADANG_OIDC_CLIENT_ID", ""),
        ("MADANG_PUBLIC_ADDRESS", ""),
        ("MADANG_PUBLIC_ADDRESS", "https://madang.example/"),
        ("MADANG_OIDC_ALGORITHMS", "none"),
        ("MADANG_OIDC_ALGORITHMS", "RS256 HS256"),
        ("MADANG_OIDC_AUDIENCE", "madang"),
        ("MADANG_OIDC_ROLES", "staff"),
        ("MADANG_TRUSTED_PROXIES", "everybody"),
        ("MADANG_RATE_LIMIT", "-1"),
    ],
)
def test_login_that_would_not_be_safe_is_refused(variable, value):
    with pytest.raises(ConfigError, match=r"MADANG_(OIDC|PUBLIC|TRUSTED|RATE)"):
        Config.from_environ({**ISSUER, variable: value})


@pytest.mark.parametrize(("environ", "a_minute"), [({}, 600), ({"MADANG_DEV_LOGIN": "1"}, 0)])
def test_rate_limit_is_off_in_development_unless_it_is_given(environ, a_minute):
    assert Config.from_environ(environ).requests_a_minute == a_minute
    assert Config.from_environ({**environ, "MADANG_RATE_LIMIT": "30"}).requests_a_minute == 30


@pytest.mark.parametrize("url", ["mysql://db/booking", "postgresql+psycopg://db/booking", "booking.db"])
def test_database_that_cannot_be_used_is_told_without_its_password(url):
    with pytest.raises(ConfigError, match="database of booking"):
        Config.from_environ({"MADANG_BOOKING_DATABASE_URL": url})


def test_database_of_a_service_comes_before_the_one_of_all():
    config = Config.from_environ(
        {"DATABASE_URL": "postgresql://db/{service}", "MADANG_NOTIFY_DATABASE_URL": "postgresql://other/mail"}
    )
    assert config.database_url_of("booking") == "postgresql://db/booking"
    assert config.database_url_of("notify") == "postgresql://other/mail"
