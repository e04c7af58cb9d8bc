"""The form of a talk: without what was said for whoever works on the file, with it for whoever may read it."""

from typing import Any

from tests.access.harness import Route
from tests.access.rows_a_people import of
from tests.access.rows_care import BY_LEADER, CHANGE, READER, TRAINEE, WORKERS, data

READER_OR_LEADER = READER | {"leader": 200}
VOIDED_SHEET = CHANGE | {"staff": 403, TRAINEE: 404}
LIST_OF_TALKS = dict.fromkeys(WORKERS, 200) | {"*": 404}


def sheet_of(key: str) -> Any:
    return lambda world: {"kind": "care.talk", "pk": world.objects[key].pk}


ROUTES = [
    *(
        Route("care:talk_sheet", kwargs=of(key), get=who, post=who, data=data("", reason="备查", shape=shape))
        for key, who in (("opened talk", READER_OR_LEADER), ("leader's talk", BY_LEADER))
        for shape in ("page", "word")
    ),
    Route("care:talk_sheet", kwargs=of("voided talk"), get=VOIDED_SHEET, post=VOIDED_SHEET),
    *(
        Route(name, kwargs=sheet_of(key), get=who)
        for name in ("documents:paper", "documents:paper_word", "documents:paper_pdf")
        for key, who in (("opened talk", LIST_OF_TALKS), ("booked talk", LIST_OF_TALKS), ("voided talk", {"*": 404}))
    ),
    Route("documents:paper", kwargs=sheet_of("talk elsewhere"), get={"other_staff": 200, "moved_staff": 200, "*": 404}),
]
