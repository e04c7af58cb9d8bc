"""Office-holders and trainees of the fictional district, through the services that imports use."""

from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.core.days import add_years
from cadre_app.demo import officeholders, people
from cadre_app.demo.trainees import DemoTerm, DemoTrainee, trainees
from cadre_app.org.models import Unit
from cadre_app.people.models import ArrivalCheck, Education, Person, Trainee
from cadre_app.people.services import bulk, bulk_offices, links, proposals, transfers

INTERRUPTION_REASON = "抽调参加防汛抗台专班"
DEPARTURES = {
    "selection": ("临澜市农业农村局", "临委组〔{year}〕12号"),
    "outside": ("海岳市海州区委宣传部", "望组干〔{year}〕21号"),
}


def load_offices(units: dict[str, Unit], as_of: date) -> dict[str, Person]:
    """Every office with its holder; returns the holders by name."""
    wanted = officeholders.offices()
    persons = bulk.create_persons_many([bulk.NewPerson(name=office.holder) for office in wanted], actor=None)
    bulk_offices.create_offices_many(
        [_new_office(office, units, person, as_of) for office, person in zip(wanted, persons, strict=True)], actor=None
    )
    return {person.name: person for person in persons}


def _new_office(
    office: officeholders.DemoOffice, units: dict[str, Unit], holder: Person, as_of: date
) -> bulk_offices.NewOffice:
    return bulk_offices.NewOffice(
        unit=units[office.unit],
        name=office.name,
        order=office.order,
        is_political_source=office.political,
        is_community_source=office.community,
        holder=holder,
        since=add_years(as_of.replace(day=1), -office.years) if office.years else date(as_of.year - 1, 12, 20),
    )


ARRIVAL_ITEMS = 10


def load_arrival(files: dict[str, Trainee], as_of: date) -> None:
    """The arrival checklist, done within its 30 days; the newest of all still lacks its last two items."""
    newest = max(files.values(), key=lambda trainee: (trainee.arrived_on, trainee.file_number))
    checks = [
        ArrivalCheck(
            trainee=trainee, item=f"{item:02d}", done_on=min(trainee.arrived_on + timedelta(days=2 * item), as_of)
        )
        for trainee in files.values()
        for item in range(1, ARRIVAL_ITEMS + 1 - (2 if trainee == newest else 0))
    ]
    bulk.write_many(checks, actor=None, verb="people.arrivalcheck.ticked", reason="")


def load_trainees(units: dict[str, Unit], as_of: date) -> dict[str, Trainee]:
    """All growth files as they stand on `as_of`; returns them by name."""
    wanted = trainees(as_of)
    files = bulk.create_trainees_many([new_trainee(one, units) for one in wanted], actor=None)
    load_arrival({trainee.file_number: trainee for trainee in files}, as_of)
    for one, trainee in zip(wanted, files, strict=True):
        if one.moved_on is not None:
            transfers.transfer_trainee(
                trainee,
                to_unit=units[one.home_unit],
                effective_on=one.moved_on,
                document_number=f"望组干〔{one.moved_on.year}〕{10 + one.moved_on.month}号",
                actor=None,
            )
        if one.departed_on is not None:
            destination, document = DEPARTURES[one.departure]
            transfers.record_departure(
                trainee,
                kind=one.departure,
                effective_on=one.departed_on,
                destination=destination,
                document_number=document.format(year=one.departed_on.year),
                approval="区委组织部批准",
                actor=None,
            )
    return {trainee.person.name: trainee for trainee in files}


def new_trainee(one: DemoTrainee, units: dict[str, Unit]) -> bulk.NewTrainee:
    """One trainee of the tables as the services take a new file, still in the unit of arrival."""
    return bulk.NewTrainee(
        person=bulk.NewPerson(
            name=one.name,
            sex=one.sex,
            birth_month=one.birth_month,
            ethnic_group=one.ethnic_group,
            native_place=one.native_place,
            health="健康",
            id_number=one.id_number,
            phone=one.phone,
            political_status=one.political_status,
            party_stage=one.party_stage,
            party_joined_on=one.party_joined_on,
            party_full_on=one.party_full_on,
            work_month=one.arrived_on.replace(day=1),
            resume=one.resume,
        ),
        kind=one.kind,
        sub_kind=one.sub_kind,
        status=one.status,
        arrived_on=one.arrived_on,
        home_unit=units[one.arrival_unit],
        probation_ends_on=one.probation_ends_on,
        educations=tuple(
            bulk.NewEducation(
                mode=Education.Mode.FULL_TIME,
                level=level,
                degree=degree,
                school=one.school,
                major=one.major,
                started_on=started_on,
                graduated_on=graduated_on,
            )
            for level, degree, started_on, graduated_on in one.schools
        ),
        posts=tuple(
            bulk.NewPost(
                started_on=post.started_on,
                post=post.post,
                post_level=post.post_level,
                rank=post.rank,
                post_grade=post.post_grade,
            )
            for post in one.posts
        ),
        linked_village=units[one.village] if one.term is None else None,
        term=_new_term(one.term, units) if one.term is not None else None,
    )


def _new_term(term: DemoTerm, units: dict[str, Unit]) -> bulk.NewTerm:
    gaps = ((*term.gap, INTERRUPTION_REASON),) if term.gap is not None else ()
    return bulk.NewTerm(
        village=units[term.village],
        started_on=term.started_on,
        ended_on=term.ended_on,
        document_number=f"望委组〔{term.started_on.year}〕{20 + term.started_on.month}号",
        interruptions=gaps,
    )


def link_accounts(users: dict[str, User], holders: dict[str, Person], files: dict[str, Trainee]) -> None:
    """The demo accounts belong to the persons of the same name."""
    persons = {**holders, **{name: trainee.person for name, trainee in files.items()}}
    for user in users.values():
        if user.display_name in persons:
            links.link_account(persons[user.display_name], account=user, actor=None)


def load_proposals(users: dict[str, User], files: dict[str, Trainee]) -> None:
    """Changes that the demo accounts have proposed; those with an answer are taken over by staff."""
    for username, name, section, values, reason, answer in people.PROPOSED:
        proposal = proposals.propose_change(
            files[name], section=section, values=values, reason=reason, actor=users[username]
        )
        if answer:
            proposals.accept_proposal(proposal, answer=answer, actor=users["staff"])
