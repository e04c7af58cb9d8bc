import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """Messages are compared as the source writes them."""
    with translation.override("en"):
        yield
