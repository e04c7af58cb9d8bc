"""The files of samples/: made by the script, and read as they must be."""

import io
import zipfile

import pytest

from cadre_app.imports.reading.workbook import read_file
from scripts import make_samples


def parts(content: bytes) -> dict[str, bytes]:
    """What is in a workbook, whatever the version of the compression."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def made():
    return make_samples.samples()


@pytest.mark.parametrize(
    "name",
    [
        make_samples.UNITS,
        make_samples.OFFICES,
        make_samples.ROSTER,
        make_samples.ROSTER_CSV,
        make_samples.DIFFICULT,
        make_samples.FORM,
    ],
)
def test_the_files_are_what_the_script_makes(made, name):
    kept = (make_samples.SAMPLES / name).read_bytes()
    if name.endswith(".xlsx"):
        assert parts(kept) == parts(made[name])
    else:
        assert kept == made[name]


def test_no_other_files_lie_there(made):
    assert {path.name for path in make_samples.SAMPLES.iterdir()} == set(made)


def test_the_csv_says_the_same_as_the_workbook(made):
    def cells(name):
        rows = read_file(made[name], name, most_rows=100)[0].rows
        return [[value or "" for value in row.cells] + [""] * (32 - len(row.cells)) for row in rows]

    assert cells(make_samples.ROSTER_CSV) == cells(make_samples.ROSTER)
    assert len(cells(make_samples.ROSTER)) == 61
