"""What an import tells whom, and what it hides once roles have changed."""

from django.test import Client

from cadre_app.accounts.models import User
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from tests.factories import GrantFactory, UnitFactory, UserFactory
from tests.imports.conftest import TOWN, Upload, confirmed, post, run, upload_of


def test_what_others_elsewhere_imported_is_not_told(client: Client, uploaded: Upload) -> None:
    stranger = UserFactory.create(display_name="外人")
    GrantFactory.create(user=stranger, role="staff", unit=stranger.unit)
    batch = uploaded(TOWN)
    Batch.objects.filter(pk=batch.pk).update(owner=stranger, status=BatchStatus.DONE)

    response = client.post("/imports/new/units/", {"file": upload_of([TOWN])})

    assert response.status_code == 302


def test_rows_are_hidden_after_the_roles_changed(client: Client, uploaded: Upload, staff: User) -> None:
    batch = uploaded(TOWN)
    GrantFactory.create(user=staff, role="leader", unit=UnitFactory.create())

    page = client.get(f"/imports/{batch.pk}/").content.decode()

    assert "梧岭镇" not in page
    assert client.get(f"/imports/{batch.pk}/rows/2/").status_code == 403
    client.post(f"/imports/{batch.pk}/check/")
    run(batch)
    assert "梧岭镇" in client.get(f"/imports/{batch.pk}/").content.decode()


def test_what_was_imported_is_not_told_after_the_roles_changed(client: Client, uploaded: Upload, staff: User) -> None:
    batch = confirmed(client, uploaded(TOWN))
    assert post(client, batch, "result") == 302
    waiting = Batch.objects.get(pk=batch.pk).result_job
    assert waiting is not None

    staff.grants.all().delete()
    GrantFactory.create(user=staff, role="staff", unit=UnitFactory.create())
    jobs.run_job(waiting.pk)

    assert post(client, batch, "result") == 403
    assert post(client, batch, "errors") == 403
    assert "/result/" not in client.get(f"/imports/{batch.pk}/").content.decode()
    failed = Job.objects.get(pk=waiting.pk)
    assert (failed.state, failed.result_path) == (JobState.FAILED, "")


def test_what_was_confirmed_with_other_roles_is_readable(client: Client, uploaded: Upload, staff: User) -> None:
    batch = uploaded(TOWN)
    GrantFactory.create(user=staff, role="leader", unit=UnitFactory.create())

    batch = confirmed(client, batch)

    assert "梧岭镇" in client.get(f"/imports/{batch.pk}/").content.decode()
    assert post(client, batch, "result") == 302
