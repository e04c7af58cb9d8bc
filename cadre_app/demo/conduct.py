"""Rewards, two decisions and four admonitions of the fictional district (demo texts B14), as they stand on the as-of day.

All of them lie more than a month back: what is more recent would call for a talk.
"""

from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.conduct import kinds
from cadre_app.conduct.services import admonitions, naming, rewards, sanctions
from cadre_app.org.models import Unit
from cadre_app.people.models import Status, Trainee

LONGEST_BACK = timedelta(days=620)
OWN, OWN_BACK = "林知远", 33
# Kind, how the giver signs its documents, level, by whom, days back, number of the document (none yet: 0).
REWARDS = (
    ("own-1", "望委", "district", "中共望屿区委、望屿区人民政府", 300, 11),
    ("honour-04", "望防指", "district", "望屿区防汛抗旱指挥部", 62, 18),
    ("honour-06", "临委农", "city", "中共临澜市委农村工作领导小组", 118, 6),
    ("own-1", "望委", "district", "中共望屿区委、望屿区人民政府", 300, 11),
    ("honour-08", "临委组", "city", "中共临澜市委组织部", 205, 31),
    ("honour-01", "梧委", "unit", "中共梧岭镇委员会", 170, 15),
    ("own-2", "望委", "district", "中共望屿区委、望屿区人民政府", 410, 9),
    ("honour-05", "望委政", "district", "中共望屿区委政法委员会", 246, 22),
    ("honour-07", "临团", "city", "共青团临澜市委员会", 198, 14),
    ("honour-03", "望团", "district", "共青团望屿区委员会", 205, 7),
    ("own-1", "望委", "district", "中共望屿区委、望屿区人民政府", 300, 11),
    ("honour-09", "岳委组", "province", "中共海岳省委组织部", 260, 40),
    ("honour-04", "临防指", "city", "临澜市防汛抗旱指挥部", 71, 27),
    ("honour-02", "望委", "district", "中共望屿区委", 171, 25),
)
ROUNDS = 24
SANCTIONS = (
    ("party-1", 520, "望纪〔{year}〕7号", "中共望屿区纪律检查委员会"),
    ("administrative-2", 120, "望监〔{year}〕3号", "望屿区监察委员会"),
)
ADMONITIONS = (
    ("1", "work", 170, "中共云坪乡委员会", "乡党委书记", "云委〔{year}〕13号"),
    ("4", "style", 95, "中共石埕镇委员会", "镇党委书记", "石委〔{year}〕21号"),
    ("1", "reporting", 210, "中共望屿区委组织部", "分管副部长", "望组函〔{year}〕5号"),
    ("7", "discipline", 44, "中共望屿区委组织部", "部长", "望组函〔{year}〕17号"),
)
ANSWERED_AFTER, FOLLOWED_AFTER = 20, 185


def load_conduct(users: dict[str, User], files: dict[str, Trainee], district: Unit, as_of: date) -> None:
    """Everything of it, kept by the staff account that the leader names for the district."""
    naming.name_staff(district, user=users["staff"], reason="负责干部监督工作", actor=users["leader"])
    known = Trainee.objects.in_development().filter(arrived_on__lte=as_of - LONGEST_BACK)
    open_files = list(known.select_related("person").order_by("arrived_on", "file_number"))
    for number in range(ROUNDS):
        _reward(open_files[number % len(open_files)], REWARDS[number % len(REWARDS)], number, users["staff"], as_of)
    of_town = files[OWN] if files[OWN].arrived_on <= as_of - timedelta(days=OWN_BACK) else _elder(files[OWN])
    _reward(of_town, ("honour-04", "梧委", "unit", "中共梧岭镇委员会", OWN_BACK, 0), ROUNDS, users["liaison"], as_of)
    _restricted(open_files, users["staff"], as_of)


def _elder(file: Trainee) -> Trainee:
    """Who has been longest in the same unit: the newcomer of these days has no rewards yet."""
    found = Trainee.objects.in_development().filter(home_unit=file.home_unit).order_by("arrived_on", "file_number")
    return found.select_related("person")[0]


def _reward(file: Trainee, row: tuple[str, str, str, str, int, int], number: int, actor: User, as_of: date) -> None:
    kind, sign, level, by, back, document = row
    own = "civil_servant" if file.status == Status.CIVIL_SERVANT else "institution"
    day = as_of - timedelta(days=back + number // len(REWARDS) * 7)
    rewards.enter_reward(
        file,
        kind=kind.replace("own", own, 1),
        level=level,
        awarded_by=by,
        awarded_on=day,
        document_number=f"{sign}〔{day.year}〕{document}号" if document else "",
        actor=actor,
    )


def _restricted(files: list[Trainee], actor: User, as_of: date) -> None:
    for file, (kind, back, document, organ) in zip(files[5::9], SANCTIONS, strict=False):
        day = as_of - timedelta(days=back)
        number = document.format(year=day.year)
        made = sanctions.enter_sanction(
            file, kind=kind, organ=organ, document_number=number, decided_on=day, actor=actor
        )
        if made.ends_on is not None and made.ends_on < as_of:
            sanctions.lift_sanction(made, lifted_on=made.ends_on + timedelta(days=1), actor=actor)
    for file, (way, matter, back, organ, post, document) in zip(files[2::7], ADMONITIONS, strict=False):
        day = as_of - timedelta(days=back)
        warned = admonitions.enter_admonition(
            file,
            way=way if way in dict(kinds.ways_for(file)) else kinds.MILD_WAYS[0],
            matter=matter,
            organ=organ,
            approver_post=post,
            document_number=document.format(year=day.year),
            given_on=day,
            answer_due_on=day + timedelta(days=30),
            actor=actor,
        )
        if back > 2 * ANSWERED_AFTER + 10:
            answered = day + timedelta(days=ANSWERED_AFTER)
            warned = admonitions.record_answer(warned, answered_on=answered, actor=actor)
        if back > FOLLOWED_AFTER:
            followed = day + timedelta(days=FOLLOWED_AFTER)
            admonitions.record_review(warned, reviewed_on=followed, review_result="corrected", actor=actor)
