"""The product's settings with the bare views of benchmarks/bare.py beside its own pages."""

from pathlib import Path

from cadre_app.settings import *  # noqa: F403
from cadre_app.settings import ALLOWED_HOSTS, TEMPLATES

ROOT_URLCONF = "benchmarks.bare"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "testserver"]
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]  # type: ignore[misc]
