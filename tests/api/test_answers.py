"""What the interface answers: the lists of the browser as JSON, on record first, and nothing that goes on no paper."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from cadre_app.api.models import Token
from cadre_app.core.api import api_resources
from cadre_app.core.growth import Words, growth_sources
from cadre_app.core.registries import verbs
from cadre_app.core.roles import Role
from cadre_app.history.columns import object_label
from cadre_app.history.models import Entry
from cadre_app.history.services import record_reading
from cadre_app.people.models import Opening, Relative, Trainee
from tests.api.conftest import Program, token_for
from tests.factories import PersonFactory, TraineeFactory, id_number

pytestmark = pytest.mark.django_db


def problem(response):
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, body["type"].partition("#")[2], sorted(body.get("errors", {}))


def test_people_are_told_as_the_list_tells_them(program, trainee):
    response = program.get("people", {"columns": "name,unit,arrived_on,year,remark"})
    assert response["Cache-Control"] == "private, no-store"
    assert response.json() == {
        "data": [
            {
                "id": str(trainee.pk),
                "name": "林知远",
                "year": 2024,
                "arrived_on": "2024-07-01",
                "unit": Trainee.objects.get().home_unit.name,
                "remark": None,
            }
        ],
        "next": None,
    }


def test_neither_id_numbers_nor_phones_are_fields(program, place):
    number = id_number(date(1996, 7, 1))
    person = PersonFactory.create(name="林知远", id_number=number, phone="13900001234")
    file = TraineeFactory.create(person=person, home_unit=place.town)
    bodies = [program.get(path).text for path in ("people", f"people/{file.pk}", f"people/{file.pk}/entries")]
    assert [(number in body, "13900001234" in body) for body in bodies] == [(False, False)] * 3


def test_pages_follow_one_another_without_a_gap(program, place):
    names = [f"林同志{number:02d}" for number in range(30)]
    for name in names:
        TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town)
    first = program.get("people", {"size": "25", "columns": "name", "sort": "name"}).json()
    second = program.client.get(first["next"], headers=program.headers).json()
    told = [item["name"] for item in first["data"] + second["data"]]
    assert (sorted(told), len(first["data"]), second["next"]) == (names, 25, None)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"id_number": "1"}, ["id_number"]),
        ({"columns": "name,id_digest"}, ["columns"]),
        ({"sort": "id_digest", "size": "26"}, ["size", "sort"]),
        ({"after": "nowhere"}, ["after"]),
        ({"kind": "nobody"}, ["kind"]),
        ({"unit": "x"}, ["unit"]),
        ({"q": "a\x00"}, ["q"]),
        ({"kind": ["selected", "introduced"]}, ["kind"]),
    ],
)
def test_what_cannot_be_answered_is_told_by_parameter(program, trainee, asked, wrong):
    assert problem(program.get("people", asked)) == (400, "bad_parameters", wrong)


def test_who_is_out_of_sight_is_not_found(place, trainee):
    leader = place.somebody(Role.LEADER, place.village)
    program = Program(token_for(leader)[1])
    for path in (f"people/{trainee.pk}", f"people/{trainee.pk}/entries", "people/none", "persons"):
        assert problem(program.get(path)) == (404, "not_found", [])


def test_the_own_file_and_those_of_relatives_are_not_read_this_way(place, trainee):
    own = PersonFactory.create(name="林同志", account=place.staff)
    Relative.objects.create(person=own, relation="哥哥", name="林知远", other=trainee.person)
    program = Program(token_for(place.staff)[1])
    assert program.get("people").json()["data"] == []
    assert program.get(f"people/{trainee.pk}/entries").status_code == 404


def test_entries_come_newest_first_and_go_on(program, trainee):
    body = program.get(f"people/{trainee.pk}/entries").json()
    days = [item["day"] for item in body["data"]]
    assert days == sorted(days, reverse=True)
    kind = body["data"][0]["kind"]
    narrowed = program.get(f"people/{trainee.pk}/entries", {"kind": kind, "year": "2024"}).json()["data"]
    assert {(item["kind"], item["day"][:4]) for item in narrowed} <= {(kind, "2024")}
    wrong = program.get(f"people/{trainee.pk}/entries", {"kind": "x", "year": "x", "after": "x"})
    assert problem(wrong) == (400, "bad_parameters", ["after", "kind", "year"])


def test_what_goes_on_no_paper_is_left_out(program, trainee, monkeypatch):
    key, source = next((key, source) for key, source in growth_sources.items() if key == "people.post")
    changed = type(source)(**{**vars(source), "words": lambda row, access: Words("限定知悉", is_restricted=True)})
    monkeypatch.setitem(growth_sources._items, key, changed)
    body = program.get(f"people/{trainee.pk}/entries")
    assert "限定知悉" not in body.text
    assert "people.post" not in {item["source"] for item in body.json()["data"]}


def test_sources_are_asked_as_for_paper_and_phones(program, trainee, monkeypatch):
    seen = []
    key, source = next((key, source) for key, source in growth_sources.items() if source.sees is not None)
    noting = type(source)(**{**vars(source), "sees": lambda access: seen.append((access.on_paper, access.on_phone))})
    monkeypatch.setitem(growth_sources._items, key, noting)
    program.get(f"people/{trainee.pk}/entries")
    assert seen == [(True, True)]


def test_every_call_is_on_record_before_it_is_answered(program, place, trainee, monkeypatch):
    for path in ("people", f"people/{trainee.pk}", f"people/{trainee.pk}/entries", "figures", "openapi.json", "x"):
        program.get(path)
    rows = Entry.objects.filter(kind="reading").order_by("at", "pk").values_list("verb", "actor", "object_label")
    token = "api.token"
    assert sorted(rows) == sorted(
        (verb, place.staff.pk, label)
        for verb, label in (
            ("people.roster.read_by_program", token),
            ("people.trainee.read_by_program", "people.trainee"),
            ("growth.file.read_by_program", "people.trainee"),
            ("reports.figures.read_by_program", token),
            ("api.description.read", token),
            ("api.call.failed", token),
        )
    )
    assert Opening.objects.values_list("trainee", "role").get() == (trainee.pk, "staff")

    def refuse(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr("cadre_app.api.views.answering.history.record_reading", refuse)
    with pytest.raises(RuntimeError):
        program.get("people")
    assert record_reading is not refuse


def test_figures_are_those_of_the_overview(program, place, trainee):
    body = program.get("figures", {"as_of": "2026-11-01", "unit": str(place.top.pk)}).json()["data"]
    numbers = {item["key"]: item["number"] for item in body["figures"]}
    assert (body["as_of"], body["since"], body["unit_name"], numbers["people_total"]) == (
        "2026-11-01",
        "2025-11-02",
        "望屿区",
        1,
    )
    assert problem(program.get("figures", {"as_of": "2999-01-01", "unit": "x"})) == (
        400,
        "bad_parameters",
        ["as_of", "unit"],
    )


def test_the_same_answer_is_not_sent_twice(program, trainee):
    first = program.get("people")
    same = program.get("people", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "private, no-store")
    assert Entry.objects.filter(verb="people.roster.read_by_program").count() == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_it_only_reads(place, method):
    secret = token_for(place.staff)[1]
    client = Client(enforce_csrf_checks=True)
    response = client.generic(method, "/api/v1/people", headers={"Authorization": f"Bearer {secret}"})
    assert (response.status_code, response["Allow"]) == (405, "GET")


def test_words_come_in_the_language_that_is_asked_for(program, trainee):
    said = [program.get("x", **{"Accept-Language": asked}).json()["title"] for asked in ("en", "zh-CN,zh;q=0.9", "fr")]
    body = program.get("x").json()
    assert said == [body["languages"][code]["title"] for code in ("en", "zh-hans", "zh-hans")]
    label = program.get("people", {"columns": "kind"}, **{"Accept-Language": "en"}).json()["data"][0]["kind"]
    assert label == "Selected graduate"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(program, place, rows, django_assert_num_queries):
    for number in range(rows):
        TraineeFactory.create(person=PersonFactory.create(name=f"林同志{number}"), home_unit=place.town)
    program.get("people")
    with django_assert_num_queries(13):
        assert len(program.get("people").json()["data"]) == rows


def test_answers_hold_the_fields_that_are_described(program, place, trainee):
    document = program.get("openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert list(document["paths"]) == [f"/{resource.path}" for resource in api_resources.values()]
    for key, resource in api_resources.items():
        operation = document["paths"][f"/{resource.path}"]["get"]
        data = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]
        told = program.get(resource.path.replace("{id}", str(trainee.pk))).json()["data"]
        item = told[0] if resource.many else told
        described = (data["items"] if resource.many else data)["properties"]
        assert (operation["operationId"], sorted(item)) == (key, sorted(described))


def test_the_page_shows_every_address_with_its_parameters_and_fields(client_of, place):
    page = client_of(place.staff).get("/api/")
    operations = page.context["operations"]
    assert [operation.key for operation in operations] == list(api_resources)
    assert "/api/v1/people/{id}/entries" in page.text
    assert client_of(place.staff).get("/api/openapi.json").json()["openapi"] == "3.1.0"
    assert client_of(place.somebody(Role.LIAISON, place.town)).get("/api/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"below": "direct"}, ["below"]),
        ({"case": "arrived", "until": "0001-01-01"}, ["until"]),
        ({"since": "9999-12-31"}, ["since"]),
    ],
)
def test_a_condition_that_would_narrow_nothing_is_refused(program, trainee, asked, wrong):
    assert problem(program.get("people", asked)) == (400, "bad_parameters", wrong)


def test_a_period_narrows_those_who_came(program, trainee):
    days = {"case": "arrived", "since": "2024-06-01"}
    assert len(program.get("people", {**days, "until": "2024-07-31"}).json()["data"]) == 1
    assert program.get("people", {**days, "until": "2024-06-30"}).json()["data"] == []


@pytest.mark.parametrize(
    "narrowed", [{"since": "2090-01-01"}, {"until": "1990-01-01"}, {"since": "2020-01-01", "state": "left"}]
)
def test_days_narrow_without_a_case_as_on_the_page(program, trainee, narrowed):
    assert len(program.get("people").json()["data"]) == 1
    assert program.get("people", narrowed).json()["data"] == []


def test_a_condition_that_is_not_ones_own_does_not_exist(place, client_of, trainee):
    leader = place.somebody(Role.LEADER, place.town)
    program = Program(token_for(leader)[1])
    assert problem(program.get("people", {"account": "has"})) == (400, "bad_parameters", ["account"])
    named = [each["name"] for each in program.get("openapi.json").json()["paths"]["/people"]["get"]["parameters"]]
    assert "account" not in named
    [people, *_rest] = client_of(leader).get("/api/").context["operations"]
    assert "account" not in [line.parameter.name for line in people.parameters]
    assert Program(token_for(place.staff)[1]).get("people", {"account": "none"}).status_code == 200


def test_what_is_wrong_is_told_in_both_languages_without_repeating_it(program, trainee):
    body = program.get("people", {"kind": "<nobody>"}, **{"Accept-Language": "en"}).json()
    told = {code: words["errors"]["kind"] for code, words in body["languages"].items()}
    assert body["errors"]["kind"] == told["en"] == ["Choose one of what is offered here."]
    assert told["zh-hans"] not in ([], told["en"])
    assert "nobody" not in str(body)
    day = program.get("figures", {"as_of": "2999-01-01"}).json()["languages"]
    assert len({words["errors"]["as_of"][0] for words in day.values()}) == 2


def test_a_weak_tag_means_the_same_answer(program, trainee):
    first = program.get("people")
    assert program.get("people", **{"If-None-Match": f"W/{first['ETag']}"}).status_code == 304


@pytest.mark.parametrize("path", ["", "/", "/people/", "/x\n"])
def test_whatever_is_not_there_is_told_as_a_problem(program, path):
    response = program.client.get(f"/api/v1{path}", headers=program.headers)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_the_log_says_what_was_read_and_through_which_token(program, place, trainee):
    program.get(f"people/{trainee.pk}")
    program.get("people")
    labels = [str(verbs[resource.verb]) for resource in api_resources.values()]
    assert len(set(labels)) == len(labels)
    one = Entry.objects.get(verb="people.trainee.read_by_program")
    many = Entry.objects.get(verb="people.roster.read_by_program")
    token = Token.objects.get()
    assert (one.after, many.after, many.object_id) == ({"token": str(token.pk)}, {}, token.pk)
    with translation.override("en"):
        assert object_label(one).endswith(f", through token {str(token.pk)[:8]}")


def test_a_period_that_ends_before_it_begins_is_refused(program):
    answer = program.get("people", {"since": "2026-11-01", "until": "2026-10-01"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["until"])


def test_the_description_names_every_field_order_and_day(program, trainee):
    paths = program.get("openapi.json").json()["paths"]
    asked = {each["name"]: each for each in paths["/people"]["get"]["parameters"]}
    assert {"unit", "-unit", "name", "-name"} <= set(asked["sort"]["schema"]["enum"])
    assert "phone" not in asked["sort"]["schema"]["enum"]
    assert (asked["columns"]["explode"], "remark" in asked["columns"]["schema"]["items"]["enum"]) == (False, True)
    assert (asked["since"]["schema"]["format"], asked["until"]["schema"]["format"]) == ("date", "date")

    def item(path):
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        data = schema["properties"]["data"]
        return data.get("items", data)

    assert (item("/people")["required"], item("/people/{id}")["required"]) == (
        ["id"],
        list(item("/people/{id}")["properties"]),
    )
    told = program.get("figures").json()["data"]
    described = item("/figures")["properties"]
    figure, whole = described["figures"]["items"], described["breakdowns"]["items"]
    assert figure["required"] == list(told["figures"][0])
    assert whole["required"] == list(told["breakdowns"][0])
    share = whole["properties"]["rows"]["items"]
    assert (share["required"], share["properties"]["numbers"]["items"]) == (["label", "numbers"], {"type": "integer"})


def test_figures_are_asked_for_by_period_as_on_the_overview(program, trainee):
    def since(**asked):
        return program.get("figures", {"as_of": "2026-11-01", **asked}).json()["data"]["since"]

    assert (since(), since(period="year"), since(since="2026-03-05")) == ("2025-11-02", "2026-01-01", "2026-03-05")
    wrong = program.get("figures", {"period": "year", "since": "2026-03-05"})
    assert problem(wrong) == (400, "bad_parameters", ["since"])


def test_the_page_shows_every_value_of_a_parameter(client_of, place):
    text = client_of(place.staff).get("/api/").text
    for name in ("political_status", "education", "year"):
        value = _conditions_by_name()[name].choices(place.staff)[-1][0]
        assert f"<code>{value}</code>" in text


def _conditions_by_name():
    return {each.name: each for each in api_resources["people"].parameters}
