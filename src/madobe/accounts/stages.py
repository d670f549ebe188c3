"""What stands between a right password and the inside."""

from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest


class SecondStep(AuthenticateStage):
    """Ask for the second step of every account that has one, a printed sheet included (adapters.FactorAdapter)."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if came_from_provider(self.login) and not settings.OIDC_SECOND_STEP:
            return False
        return super()._should_handle(request)


def came_from_provider(login: object) -> bool:
    """This will tell whether a sign-in began at the organization's own provider."""
    return bool((getattr(login, "signal_kwargs", None) or {}).get("sociallogin"))
