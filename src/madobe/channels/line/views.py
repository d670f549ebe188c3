"""Where LINE knocks. No session, no cookie; whoever did not sign with the secret is not heard."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from madobe.channels.line.receiving import NotFromLine, receive


@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 when everything is kept, 503 when something is to come again, 400 when it is not from LINE."""
    if not settings.LINE_SECRET:
        raise Http404
    try:
        is_kept = receive(
            body=request.body,
            signature=request.headers.get("X-Line-Signature", ""),
            at=timezone.now(),
        )
    except NotFromLine:
        return HttpResponse(status=400)
    return HttpResponse(status=200 if is_kept else 503)
