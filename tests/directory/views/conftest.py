from tests.factories.pages import clock, founding

__all__ = ["clock", "founding"]
