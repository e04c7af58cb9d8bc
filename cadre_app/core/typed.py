"""What was typed into a search box: signs of full width, as Chinese input methods write them, stand for plain ones."""

import unicodedata

from django.db.models import Q


def narrow(text: str) -> str:
    """Latin letters, figures and punctuation in one width."""
    return unicodedata.normalize("NFKC", text).strip()


def contains(text: str, *fields: str) -> Q:
    """One of the columns holds the text, as it was typed or in one width; titles keep the brackets that they were given."""
    found = Q()
    for way in dict.fromkeys((text, narrow(text))):
        for field in fields:
            found |= Q(**{f"{field}__icontains": way})
    return found
