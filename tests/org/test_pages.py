import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.org import services
from cadre_app.org.models import Unit, UnitKind
from tests.factories import GrantFactory, UnitFactory, UserFactory

LIST = reverse("org:unit_list")


def url(name: str, unit: Unit) -> str:
    return reverse(f"org:unit_{name}", kwargs={"pk": unit.pk})


@pytest.fixture
def sign_in(client):
    def as_(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.fixture
def staff(sign_in, actor):
    return sign_in(actor)


def shown(response) -> list[str]:
    return [row.object.name for row in response.context["table"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(staff, tree, rows, django_assert_num_queries):
    for number in range(rows):
        tree(f"镇{number}")
    staff.get(LIST)
    with django_assert_num_queries(9):
        assert len(shown(staff.get(LIST))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_unit_page_costs_the_same_queries_however_many_below(
    staff, tree, district, rows, django_assert_num_queries
):
    for number in range(rows):
        tree(f"镇{number}")
    staff.get(LIST)
    with django_assert_num_queries(8):
        assert len(staff.get(url("detail", district)).context["children"]) == rows


def test_the_list_shows_what_is_directly_below_or_everything_below(staff, tree):
    town = tree("沧浦镇", order=1)
    tree("沧头村", under=town, kind=UnitKind.VILLAGE)
    assert shown(staff.get(LIST)) == ["沧浦镇"]
    assert shown(staff.get(LIST, {"below": "all"})) == ["沧浦镇", "沧头村"]
    assert shown(staff.get(LIST, {"unit": str(town.pk)})) == ["沧头村"]
    assert shown(staff.get(LIST, {"q": "沧头"})) == ["沧头村"]
    assert shown(staff.get(LIST, {"kind": "village", "below": "all"})) == ["沧头村"]


def test_the_list_tells_open_closed_and_voided_apart(staff, tree, actor):
    tree("沧浦镇", order=1)
    closed, voided = tree("旧镇", order=2), tree("误录镇", order=3)
    services.close_unit(closed, closed_on=closed.opened_on, reason="撤并", version=1, actor=actor)
    services.void_unit(voided, reason="误录", version=1, actor=actor)
    found = {state: shown(staff.get(LIST, {"state": state})) for state in ("", "open", "closed", "voided")}
    assert found == {"": ["沧浦镇", "旧镇"], "open": ["沧浦镇"], "closed": ["旧镇"], "voided": ["误录镇"]}


@pytest.mark.parametrize("query", ["unit=x", "unit=%00", "unit=00000000-0000-4000-8000-000000000000"])
def test_an_unknown_unit_and_a_foreign_one_look_alike(staff, query):
    foreign = UnitFactory.create(name="邻区")
    answers = {staff.get(f"{LIST}?{query}").status_code, staff.get(LIST, {"unit": str(foreign.pk)}).status_code}
    assert answers == {404}


@pytest.mark.parametrize(
    "query", ["q=%00", "kind=nonsense", "state=%F0%9F", "q=" + "长" * 2000, "sort=version", "page=0"]
)
def test_hostile_conditions_get_an_answer(staff, tree, query):
    tree("沧浦镇")
    assert staff.get(f"{LIST}?{query}").status_code == 200


def test_a_reader_of_one_town_sees_neither_the_district_nor_its_name(sign_in, district, tree):
    town = tree("沧浦镇", order=1)
    tree("沧头村", under=town)
    tree("潮音镇", order=2)
    reader = UserFactory.create(unit=town)
    GrantFactory.create(user=reader, role=Role.LIAISON, unit=town)
    response = sign_in(reader).get(LIST, {"below": "all", "columns": "name,parent"})
    cells = [[str(cell.value) for cell in row.cells] for row in response.context["table"].rows]
    assert cells == [["沧头村", "沧浦镇"]]
    top = sign_in(reader).get(LIST, {"columns": "name,parent", "q": "沧浦"}).context["tree"]
    assert [node.unit.name for node in top] == ["沧浦镇"]
    assert sign_in(reader).get(url("detail", district)).status_code == 404
    assert [unit.name for unit in sign_in(reader).get(url("detail", town)).context["crumbs"]] == []


def test_a_new_unit_is_added_below_the_chosen_one(staff, district):
    data = {"name": "沧浦镇", "kind": "town", "order": "1", "opened_on": "1990-01-01"}
    response = staff.post(url("create", district), data)
    unit = Unit.objects.get(name="沧浦镇")
    assert (response.status_code, response["Location"], unit.parent) == (302, url("detail", unit), district)


@pytest.mark.parametrize("name", ["沧\x00浦", "沧\u202e浦", "", " ", "长" * 81])
def test_a_bad_name_is_told_beside_its_field_and_nothing_is_lost(staff, district, name):
    data = {"name": name, "kind": "town", "order": "1", "opened_on": "1990-01-01", "short_name": "沧浦"}
    form = staff.post(url("create", district), data).context["form"]
    assert list(form.errors) == ["name"]
    assert form["short_name"].value() == "沧浦"


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31", "2024-02-29"])
def test_odd_days_are_kept_as_written(staff, district, day):
    staff.post(url("create", district), {"name": "沧浦镇", "kind": "town", "order": "1", "opened_on": day})
    assert str(Unit.objects.get(name="沧浦镇").opened_on) == day


def test_a_double_tap_adds_one_unit(staff, district):
    form = staff.get(url("create", district)).context["form"]
    data = {
        "name": "沧浦镇",
        "kind": "town",
        "order": "1",
        "opened_on": "1990-01-01",
        "submission": form["submission"].value(),
    }
    first, second = (staff.post(url("create", district), data) for _ in range(2))
    assert (first["Location"], Unit.objects.filter(name="沧浦镇").count()) == (second["Location"], 1)


def test_a_stale_edit_gets_both_texts(staff, tree, actor):
    town = tree("沧浦镇")
    data = {"name": "沧浦新镇", "kind": "town", "order": "1", "opened_on": "1990-01-01", "version": "1"}
    assert staff.post(url("edit", town), data).status_code == 302
    response = staff.post(url("edit", town), data | {"name": "沧浦旧镇"})
    body = response.content.decode()
    assert (response.status_code, "沧浦新镇" in body, "沧浦旧镇" in body) == (409, True, True)


def test_a_move_is_offered_only_to_open_units_outside_its_own_branch(staff, district, tree, actor):
    town, other = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    village = tree("沧头村", under=town)
    closed = tree("旧镇", order=3)
    services.close_unit(closed, closed_on=closed.opened_on, reason="撤并", version=1, actor=actor)
    services.create_unit(name="邻区", kind=UnitKind.DISTRICT, parent=None, opened_on=closed.opened_on, actor=actor)
    field = staff.get(url("move", town)).context["form"].fields["parent"]
    assert list(field.queryset) == [district, other]
    for target in (town, village, closed):
        form = staff.post(url("move", town), {"parent": str(target.pk), "reason": "x", "version": "1"}).context["form"]
        assert list(form.errors) == ["parent"]


def test_staff_of_a_town_move_nothing_into_the_next_town(sign_in, tree):
    town, other = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    village = tree("沧头村", under=town)
    clerk = UserFactory.create(unit=town)
    GrantFactory.create(user=clerk, role=Role.STAFF, unit=town)
    client = sign_in(clerk)
    response = client.post(url("move", village), {"parent": str(other.pk), "reason": "x", "version": "1"})
    assert list(response.context["form"].errors) == ["parent"]
    assert client.get(url("edit", town)).status_code == 403
    assert client.get(url("edit", village)).status_code == 200


def test_the_top_is_edited_but_neither_moved_closed_nor_voided(staff, district):
    found = {name: staff.get(url(name, district)).status_code for name in ("edit", "move", "close", "void", "reorder")}
    assert found == {"edit": 200, "move": 403, "close": 403, "void": 403, "reorder": 200}


def test_the_order_of_siblings_is_set_on_one_page_and_stale_from_an_old_one(staff, district, tree):
    one, two = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    old = staff.get(url("reorder", district)).context["form"]
    data = {"version": old["version"].value(), f"order_{one.pk.hex}": "9", f"order_{two.pk.hex}": "3"}
    assert staff.post(url("reorder", district), data).status_code == 302
    assert shown(staff.get(LIST)) == ["潮音镇", "沧浦镇"]
    assert staff.post(url("reorder", district), data).status_code == 409


@pytest.mark.parametrize("name", ["close", "reopen", "void", "restore"])
def test_a_confirmation_asks_for_the_reason(staff, tree, actor, name):
    town = tree("沧浦镇")
    if name == "reopen":
        town = services.close_unit(town, closed_on=town.opened_on, reason="撤并", version=1, actor=actor)
    if name == "restore":
        town = services.void_unit(town, reason="误录", version=1, actor=actor)
    data = {"version": str(town.version), "closed_on": "2026-01-01"}
    assert list(staff.post(url(name, town), data).context["form"].errors) == ["reason"]
    assert staff.post(url(name, town), data | {"reason": "依据文件"}).status_code == 302


def test_a_security_administrator_reads_names_without_actions_or_changes(sign_in, tree):
    town = tree("沧浦镇")
    admin = UserFactory.create(unit=town)
    GrantFactory.create(user=admin, role=Role.SECURITY)
    context = sign_in(admin).get(url("detail", town)).context
    assert (set(context["may"].values()), context["entries"]) == ({False}, None)


def test_the_chooser_groups_and_indents_in_official_order(tree, district):
    from cadre_app.org.forms import UnitChoiceField

    bureau = tree("区委办公室", order=1, kind=UnitKind.DEPARTMENT)
    town = tree("沧浦镇", order=2)
    village = tree("沧头村", under=town)
    group = tree("一组", under=village)
    choices = list(UnitChoiceField(Unit.objects.all(), empty_label=None).choices)
    assert [(str(value), label) for value, label in choices[:2]] == [
        (str(district.pk), "望屿区"),
        (str(bureau.pk), "区委办公室"),
    ]
    label, grouped = choices[2]
    assert (label, [(str(value), text) for value, text in grouped]) == (
        "沧浦镇",
        [(str(town.pk), "沧浦镇"), (str(village.pk), "\u3000沧头村"), (str(group.pk), "\u3000\u3000一组")],
    )
