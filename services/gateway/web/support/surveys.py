"""Surveys after courses and consulting: staff open them and read the results, those who took part answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask import request

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import client, incoming
from services.gateway.rpc import ask
from services.gateway.web import forms
from services.gateway.web.charts import Chart, Series
from services.gateway.web.listing import paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page
from services.gateway.web.words import say
from services.training.contract.courses import ListCourses

TAB = "/support/surveys"
LINES = 6
LONG = timedelta(days=14)
LAST_MINUTE = time(23, 59)
USUAL = (
    (_("Did you get what you came for?"), "rating"),
    (_("Was it explained so that you could follow?"), "rating"),
    (_("Would you recommend it to others?"), "rating"),
    (_("What should we do differently?"), "text"),
)
RATINGS = ("1", "2", "3", "4", "5")


@pages.get(TAB)
@roles_only(*READERS)
def show_surveys() -> Any:
    found, older = paged("training", "list_surveys")
    return page("surveys.html", surveys=found, older=older, now=Plan.of().now.isoformat(), tab=TAB)


@pages.get(f"{TAB}/new")
@roles_only(*STAFF)
def write_survey() -> Any:
    values = {"subject": request.args.get("subject", ""), "subject_id": request.args.get("of", "")}
    for number, (text, kind) in enumerate(USUAL):
        values |= {f"text-{number}": say(text), f"kind-{number}": kind}
    return _form({**values, "closes": (Plan.of().today + LONG).isoformat()}, None)


@pages.post(f"{TAB}/new")
@roles_only(*STAFF)
def open_survey() -> Any:
    lines = [f"{part}-{number}" for number in range(LINES) for part in ("text", "kind")]
    values = forms.written("subject", "subject_id", "title", "closes", *lines)
    questions = [
        {"id": f"q{number + 1}", "text": values[f"text-{number}"], "kind": values.get(f"kind-{number}", "")}
        for number in range(LINES)
        if f"text-{number}" in values
    ]
    wanted: dict[str, Any] = {name: values[name] for name in ("subject", "subject_id", "title") if name in values}

    def do() -> Any:
        closes_at = forms.moment({**values, "at": LAST_MINUTE.isoformat()}, Plan.of().zone, day="closes")
        return ask("training", "open_survey", {**wanted, "questions": questions, "closes_at": closes_at})

    return forms.done(
        do,
        lambda complaints: _form(values, complaints),
        lambda made: f"{TAB}/{made['id']}",
        "survey",
    )


@pages.get(f"{TAB}/<survey_id>")
@roles_only(*READERS)
def show_results(survey_id: str) -> Any:
    results = ask("training", "get_survey_results", {"survey_id": survey_id})
    charts = {each["id"]: _chart(each) for each in results["questions"] if each["kind"] == "rating"}
    return page("results.html", survey=results["survey"], questions=results["questions"], charts=charts, tab=TAB)


@pages.get("/surveys/<survey_id>")
@person_only
def ask_questions(survey_id: str) -> Any:
    return _questions(survey_id)


@pages.post("/surveys/<survey_id>")
@person_only
def answer(survey_id: str) -> Any:
    survey = ask("training", "get_survey", {"survey_id": survey_id})
    names = [each["id"] for each in survey["questions"]]
    ratings = [each["id"] for each in survey["questions"] if each["kind"] == "rating"]
    answers = forms.with_numbers(forms.written(*names), *ratings)
    return forms.done(
        lambda: ask("training", "answer_survey", {"survey_id": survey_id, "answers": answers}),
        lambda complaints: _questions(survey_id, complaints, answers),
        "/inbox" if request.args.get("from") == "inbox" else f"/surveys/{survey_id}",
        "answered",
    )


def _questions(
    survey_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> Any:
    survey = ask("training", "get_survey", {"survey_id": survey_id})
    is_over = datetime.fromisoformat(survey["closes_at"]) <= clock.now()
    return page(
        "survey.html",
        complaints,
        survey=survey,
        is_over=is_over,
        is_asked=not (is_over or survey["answered"] or incoming.context().actor.has_role(*READERS)),
        ratings=[(each, f"{each} · {say(text)}") for each, text in words.RATINGS.items()],
        values=values or {},
    )


def _chart(question: Mapping[str, Any]) -> Chart:
    counts = [question["counts"].get(each, 0) for each in RATINGS]
    labels = [f"{each} {say(words.RATINGS[each])}" for each in RATINGS]
    return Chart(
        question["text"], say("Answer"), labels, [Series(say("Number of answers"), counts)], top=4, short_labels=RATINGS
    )


def _form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    courses = client.ask(ListCourses(limit=100)).items
    return page(
        "survey_form.html",
        complaints,
        values=values,
        lines=range(LINES),
        courses=[(each.id, each.title) for each in courses],
        is_about_case=values.get("subject") == "consultation",
        kinds=words.options(words.QUESTIONS),
        tab=TAB,
    )
