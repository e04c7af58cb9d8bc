"""A district of any size, written in bulk: units, staff, trainees with education and village terms. Made up, repeatable."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from cadre_app.accounts.models import Grant, User
from cadre_app.core.days import add_months, add_years
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.tree import path_of
from cadre_app.people.models import Education, Kind, PartyStage, Person, Status, SubKind, Trainee, VillageTerm
from cadre_app.people.writing.names import sort_keys

OPENED = date(1990, 1, 1)
DEPARTMENTS, TOWNS = 60, 97
YEARS = 12
BATCH = 5_000
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢单解仇"
)
GIVEN = "知远嘉穗雨桐承翰可欣文琪哲宁若楠沐阳砚秋一鸣思源雅慧敏云帆正浩新宇晓棠诗涵安朔书恒馨语嫣启航子衿时景行牧青晨曦"
SCHOOLS = ("澜江大学", "华澜理工大学", "东屿农林大学", "南屿师范大学", "临澜学院", "海岳政法大学")
RANKS = ("12", "11", "10", "09", "08", "07", "06")


def populate(people: int, units: int = 2_000) -> User:
    """Fill an empty database; returns staff of the whole district. `units` includes the district."""
    chance = random.Random(7)
    top, homes, villages = _units(units)
    staff = User.objects.create(username="bench", display_name="程昱晗", unit=top, post="干部科科员")
    Grant.objects.create(user=staff, role=Role.STAFF, unit=top, valid_from=OPENED)
    for start in range(0, people, BATCH):
        _batch(range(start, min(start + BATCH, people)), homes, villages, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return staff


def _units(count: int) -> tuple[Unit, list[Unit], list[Unit]]:
    """The district, the units in which trainees serve, and the villages; official orders do not follow the serials."""
    serial = 0

    def add(parent: Unit | None, order: int, kind: str, name: str) -> Unit:
        nonlocal serial
        serial += 1
        unit = Unit(name=name, kind=kind, parent=parent, order=order, serial=serial, opened_on=OPENED)
        unit.depth = parent.depth + 1 if parent else 0
        unit.path = path_of(parent, order, serial)
        return unit

    top = add(None, 0, UnitKind.DISTRICT, "望屿区")
    offices = [add(top, 900 - n, UnitKind.DEPARTMENT, f"区直单位{n}") for n in range(DEPARTMENTS)]
    towns = [add(top, 2_000 - n, UnitKind.TOWN, f"第{n}镇") for n in range(TOWNS)]
    rest = max(0, count - 1 - DEPARTMENTS - TOWNS)
    villages = [add(towns[n % TOWNS], n // TOWNS, UnitKind.VILLAGE, f"第{n}村") for n in range(rest)]
    Unit.objects.bulk_create([top, *offices, *towns, *villages])
    return top, [*offices, *towns, *villages], villages


def _batch(numbers: range, homes: list[Unit], villages: list[Unit], chance: random.Random) -> None:
    today = timezone.localdate()
    persons, trainees, terms, schooling = [], [], [], []
    for number in numbers:
        person = _person(chance)
        trainee = _trainee(number, person, homes, today, chance)
        persons.append(person)
        trainees.append(trainee)
        if villages and number % 10:
            terms.append(_term(trainee, chance.choice(villages), today))
        schooling += _education(person, chance)
    Person.objects.bulk_create(persons)
    Trainee.objects.bulk_create(trainees)
    VillageTerm.objects.bulk_create(terms)
    Education.objects.bulk_create(schooling)


def _person(chance: random.Random) -> Person:
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
    keys = sort_keys(name)
    member = chance.random() < 0.7
    return Person(
        name=name,
        name_pinyin=keys.pinyin,
        name_initials=keys.initials,
        name_stroke_key=keys.strokes,
        sex=chance.choice("12"),
        birth_month=date(chance.randint(1985, 2003), chance.randint(1, 12), 1),
        ethnic_group="01" if chance.random() < 0.95 else "03",
        native_place="临澜望屿",
        political_status="01" if member else "03",
        party_stage=PartyStage.FULL if member else "",
        party_joined_on=date(2018, 6, 1) if member else None,
        work_month=date(2020, 7, 1),
    )


def _trainee(number: int, person: Person, homes: list[Unit], today: date, chance: random.Random) -> Trainee:
    selected = chance.random() < 0.5
    arrived = today - timedelta(days=chance.randint(0, YEARS * 365))
    rank = chance.choice(RANKS)
    return Trainee(
        person=person,
        file_number=f"WY-{arrived.year}-{number:06d}",
        kind=Kind.SELECTED if selected else Kind.INTRODUCED,
        sub_kind=chance.choice((SubKind.TARGETED, SubKind.ORDINARY)) if selected else SubKind.CITY,
        status=Status.CIVIL_SERVANT if selected or number % 3 else Status.INSTITUTION,
        arrived_on=arrived,
        home_unit=chance.choice(homes),
        stroke_key=person.name_stroke_key,
        probation_ends_on=add_years(arrived, 1),
        post="党建办公室工作人员",
        rank=rank,
        rank_order=int(rank),
        rank_since=arrived + (today - arrived) * chance.random(),
        departed_on=today - timedelta(days=1) if chance.random() < 0.05 and arrived < today else None,
    )


def _term(trainee: Trainee, village: Unit, today: date) -> VillageTerm:
    started = trainee.arrived_on + timedelta(days=30)
    due = add_months(started, 24) - timedelta(days=1)
    trainee.term_ends_on = due
    return VillageTerm(
        trainee=trainee,
        village=village,
        role="secretary",
        started_on=started,
        months=24,
        due_on=due,
        ended_on=due if due < today else None,
    )


def _education(person: Person, chance: random.Random) -> Iterator[Education]:
    level, degree = chance.choice((("21", "4"), ("21", "4"), ("14", "3")))
    school = chance.choice(SCHOOLS)
    yield Education(person=person, mode="full_time", level=level, degree=degree, school=school, major="行政管理")
    if chance.random() < 0.2:
        yield Education(person=person, mode="on_the_job", level="14", degree="3", school=school, major="公共管理")
