"""The product's settings with what only tests need: cheap password hashes, plain static files, loud templates."""

from cadre_app.settings import *  # noqa: F403
from cadre_app.settings import STATIC_ROOT, STORAGES, TEMPLATES
from tests.loud import Loud

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES = [{**TEMPLATES[0], "OPTIONS": {**TEMPLATES[0]["OPTIONS"], "string_if_invalid": Loud("%s")}}]
WHITENOISE_AUTOREFRESH = True  # tests serve from the sources; there is no collected folder to index
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
