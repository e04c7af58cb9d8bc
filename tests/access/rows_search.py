from tests.access.harness import Route

SEARCHERS = dict.fromkeys(("staff", "leader", "liaison", "other_staff", "moved_staff"), 200) | {"*": 404}

ROUTES = [
    Route("search:results", get=SEARCHERS),
    Route("search:results", query="?q=金丝雀", get=SEARCHERS),
    Route("search:results", query="?q=jsq", get=SEARCHERS),
    Route("search:results", query="?q=WY-", get=SEARCHERS),
    Route("search:suggestions", query="?q=金丝雀", get=SEARCHERS),
]
