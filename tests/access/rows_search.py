from cadre_app.core.texts import text_sources
from tests.access.harness import Route

SEARCHERS = ("staff", "leader", "liaison", "other_staff", "moved_staff", "mentor", "former_mentor", "host", "trainee")
OPEN = dict.fromkeys(SEARCHERS, 200) | {"*": 404}

ROUTES = [
    Route("search:results", get=OPEN),
    Route("search:results", query="?q=金丝雀", get=OPEN),
    Route("search:results", query="?q=金丝雀title", get=OPEN),
    Route("search:results", query="?q=jsq", get=OPEN),
    Route("search:results", query="?q=WY-", get=OPEN),
    Route("search:suggestions", query="?q=金丝雀", get=OPEN),
    # Of one kind page by page: what a reader may not read stands on no page of it.
    *(Route("search:results", query=f"?q=金丝雀&kind={kind}", get=OPEN) for kind in sorted(text_sources.keys())),
    Route("search:results", query="?q=note+of+the&kind=mentorship.notes", get=OPEN),
]
