"""The quiet pages: front, いますぐ, safety, privacy, reading."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.desks.queries import receiving_desk
from madobe.directory import queries as directory
from madobe.guide.choices import EXAMPLES
from madobe.ui.display import Display
from madobe.web.actions.feedback import receive_feedback
from madobe.web.choices import ARTICLES
from madobe.web.forms import FeedbackForm

JAPANESE, ENGLISH = "ja", "en"
FIRST_LINES = 4  # the rest is folded away: nobody in need reads fourteen desks


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send a visitor without a display segment to the front page, in English where the browser prefers it."""
    preferred = request.headers.get("Accept-Language", JAPANESE).strip().lower()
    language = ENGLISH if preferred.startswith(ENGLISH) else JAPANESE
    return HttpResponseRedirect(reverse("web:front", kwargs={"display": Display(language)}))


@require_http_methods(["GET", "POST"])
def front(request: HttpRequest, display: Display) -> HttpResponse:
    """The front page: one sentence, or three equal doors.

    A POST comes from 「あ 表示」: the same page shown another way, with the sentence begun still in its box.
    """
    context = {
        "examples": EXAMPLES,
        "text": request.POST.get("text", ""),
        "has_desk": receiving_desk(at=timezone.now()) is not None,
        "display_form": "told",
    }
    return render(request, "web/front.html", context)


@require_http_methods(["GET", "POST"])
def now(request: HttpRequest, display: Display) -> HttpResponse:
    """いますぐ: who can be reached at this minute. A POST carries `voice_free` so that no choice stands in the address."""
    at = timezone.now()
    voice_free_first = request.POST.get("voice_free") == "yes"
    lines = directory.crisis_lines(at=at, voice_free_first=voice_free_first)
    talking = [line for line in lines if not line.immediate]
    context = {
        "immediate": [line for line in lines if line.immediate],
        "first": talking[:FIRST_LINES],
        "more": talking[FIRST_LINES:],
        "voice_free_first": voice_free_first,
        "display_form": "now" if request.method == "POST" else "",
    }
    return render(request, "web/now.html", context)


@require_GET
def safety(request: HttpRequest, display: Display) -> HttpResponse:
    """What this window can and cannot hide."""
    return render(request, "web/safety.html")


@require_GET
def privacy(request: HttpRequest, display: Display) -> HttpResponse:
    """What is kept: for the public pages, nothing but unsigned page feedback."""
    return render(request, "web/privacy.html")


@require_GET
def accessibility(request: HttpRequest, display: Display) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html")


@require_GET
def reading_list(request: HttpRequest, display: Display) -> HttpResponse:
    """The short list of things to read."""
    return render(request, "web/reading_list.html", {"articles": ARTICLES})


@require_GET
def read(request: HttpRequest, display: Display, article: str) -> HttpResponse:
    """One article; an unknown name is a plain 404."""
    if article not in {one.name for one in ARTICLES}:
        raise Http404
    return render(request, f"web/read/{article}.html")


@require_POST
def feedback(request: HttpRequest, display: Display) -> HttpResponse:
    """Keep the two answers of S4-25, without saying who gave them."""
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return render(request, "web/feedback.html", {"form": form}, status=422)
    receive_feedback(**form.cleaned_data, language=display.language, at=timezone.now())
    return render(request, "web/feedback_thanks.html")
