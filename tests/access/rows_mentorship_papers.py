"""The papers of the mentor's running pairing, of the trainee's own, and of those that ended, were voided or lie elsewhere.

Why a mentor was chosen stands on no paper; the canaries of that choice are those of the pairings themselves.
"""

import uuid
from typing import Any

from cadre_app.mentorship.documents import AGREEMENT, LETTER
from cadre_app.mentorship.services import goals
from tests.access.harness import Route, World
from tests.access.rows_a_people import FOREIGN
from tests.access.rows_mentorship import EDIT, EDIT_ENDED, ENDED, HIDDEN, MENTOR, OFFICE, OWN, READ, SAVED, TRAINEE


def extend(world: World) -> None:
    for key, reader in (("pairing", MENTOR), ("own pairing", TRAINEE)):
        goal = world.canary(f"goal of the {key}", seen_by=(*OFFICE, reader))
        goals.add_goal(world.objects[key], side="trainee", text=goal, actor=world.actors["staff"])


def of(kind: str, key: str) -> Any:
    return lambda world: {"kind": kind, "pk": world.objects[key].pk}


def fresh(world: World, actor: str) -> dict[str, Any]:
    return {"submission": str(uuid.uuid4())}


OWN_READ = ENDED | {TRAINEE: 200}
STRANGE = {"kind": "mentorship.nothing", "pk": uuid.UUID(int=1)}
PAGES = ("documents:paper", "documents:paper_word", "documents:paper_pdf")

ROUTES = [
    *(
        Route(page, kwargs=kwargs, get=expected)
        for page in PAGES
        for kwargs, expected in (
            (of(AGREEMENT, "pairing"), READ),
            (of(AGREEMENT, "own pairing"), OWN_READ),
            (of(AGREEMENT, "ended pairing"), ENDED),
            (of(AGREEMENT, "voided pairing"), HIDDEN),
            (of(AGREEMENT, "foreign pairing"), FOREIGN),
            (of(LETTER, "pairing"), READ),
            (of(LETTER, "own pairing"), ENDED),
            (of("mentorship.nothing", "pairing"), HIDDEN),
            (lambda world: {"kind": AGREEMENT, "pk": uuid.UUID(int=1)}, HIDDEN),
        )
    ),
    Route("documents:paper_pdf", query="?download", kwargs=of(AGREEMENT, "own pairing"), get=OWN_READ),
    Route("documents:paper_number", kwargs=of(AGREEMENT, "pairing"), get=EDIT, post=EDIT | SAVED, data=fresh),
    Route("documents:paper_number", kwargs=of(AGREEMENT, "own pairing"), get=OWN, post=OWN | SAVED, data=fresh),
    Route(
        "documents:paper_number", kwargs=of(LETTER, "own pairing"), get=EDIT_ENDED, post=EDIT_ENDED | SAVED, data=fresh
    ),
    Route("documents:paper_number", kwargs=of(LETTER, "voided pairing"), get=HIDDEN, post=HIDDEN, data=fresh),
]
