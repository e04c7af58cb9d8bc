"""The Celery application: it only rings the bell, the database is the truth."""

import os

from celery import Celery

from cadre_app.runtime import worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")

app = Celery("qinglan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker.equip(app)
