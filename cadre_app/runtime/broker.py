"""One broker address, each client's dialect."""

from urllib.parse import parse_qs, urlsplit


def celery_url(url: str) -> str:
    """Kombu's dialect of a broker address: `unix:///path?db=0` becomes `redis+socket:///path?virtual_host=0`."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"
