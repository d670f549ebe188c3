"""Migrations are complete and every address has one name."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def names(resolver: URLResolver, space: str = "") -> list[str]:
    """Every pattern as "namespace:name"; a pattern without a name as its own text."""
    found = []
    for item in resolver.url_patterns:
        if isinstance(item, URLPattern):
            found.append(f"{space}{item.name or item.pattern}")
        else:
            found += names(item, f"{space}{item.namespace}:" if item.namespace else space)
    return found


def test_every_address_has_one_name():
    twice = [name for name, count in Counter(names(get_resolver())).items() if count > 1]
    assert twice == []
