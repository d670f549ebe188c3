"""The addresses of the product and one page more, that reads what is sealed and says what it was sent."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from madobe.accounts.request import KeysRequest
from madobe.accounts.views.with_keys import with_keys


@with_keys
@require_http_methods(["GET", "POST"])
def probe(request: KeysRequest) -> HttpResponse:
    """Whose key is open, and the text that came."""
    return HttpResponse(f"{request.keyring.holder.owner} {sorted(request.POST.items())}")


urlpatterns = [path("staff/probe/", probe, name="probe"), path("", include("config.urls"))]
