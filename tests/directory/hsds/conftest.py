from tests.factories.pages import founding

__all__ = ["founding"]
