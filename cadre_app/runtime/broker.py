"""One broker address, each client's dialect."""

from urllib.parse import urlsplit


def celery_url(url: str) -> str:
    """Kombu's dialect of a broker address: `unix:///path?db=0` becomes `redis+socket:///path?virtual_host=0`."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = "0"
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        if name == "db" and value:
            database = value
    return f"redis+socket://{parts.path}?virtual_host={database}"
