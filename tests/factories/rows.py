"""What stands in the tables, to see that something changed nothing."""

from django.apps import apps


def tables() -> dict[str, list[str]]:
    """Every row of every table of both databases, as text."""
    return {
        model._meta.label: sorted(
            repr([bytes(x) if isinstance(x, memoryview) else x for x in row])
            for row in model._base_manager.values_list()
        )
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }
