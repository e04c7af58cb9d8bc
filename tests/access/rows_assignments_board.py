"""The board, the timeline, the lists and who is where: business roles in their scope, nobody else."""

from tests.access.harness import Route

OVERSEERS = ("staff", "leader", "liaison", "other_staff", "moved_staff")
READ = dict.fromkeys(OVERSEERS, 200) | {"*": 404}

ROUTES = [
    Route("assignments:board", get=READ),
    Route("assignments:posting_list", get=READ),
    Route("assignments:posting_list", get=READ, query="?stage=voided"),
    Route("assignments:posting_list", get=READ, query="?as_of=2025-06-30"),
    Route("assignments:timeline", get=READ),
    Route("assignments:timeline", get=READ, query="?by=front"),
    Route("assignments:timeline", get=READ, query="?by=table"),
    Route("assignments:where", get=READ),
    Route("assignments:where", get=READ, query="?by=unit"),
    Route("assignments:coverage", get=READ),
    Route("assignments:compliance", get=READ),
]
