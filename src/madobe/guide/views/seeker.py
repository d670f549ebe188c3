"""The guide as anyone meets it. Nothing is stored: every answer travels in the form and ends with the page."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.directory.municipalities import by_code
from madobe.guide import choices, queries
from madobe.guide.forms import GuideForm
from madobe.guide.rules.screens import ORDER, RESULT, WORDS, next_screen
from madobe.guide.views import screens
from madobe.ui.display import Display

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, display: Display) -> HttpResponse:
    """One question at a time, or the result; back, skip and "see it now" on each."""
    told = _with_taps(request.POST)
    form = GuideForm(told)
    if request.method == "GET":
        form.is_valid()
        return render(request, "guide/steps.html", screens.question(form, ORDER[0], display))
    current, go = told.get("step", ""), told.get("go", "")
    if not form.is_valid():
        screen = screens.screen_of_error(form)
        return render(
            request,
            "guide/steps.html",
            screens.question(form, screen, display),
            status=UNPROCESSABLE,
        )
    if "example" in told or "strike" in told or "unstrike" in told:
        go = RESULT
    elif current == ORDER[0] and "who" in request.POST and not go:
        go = "next"
    # The wishes decide which question comes next; who asks for the result need not have the text read twice.
    wishes = (
        frozenset() if go == RESULT else queries.wishes_of(form.situation(), form.struck_keys())
    )
    screen = next_screen(current or WORDS, go, wishes, only_words=form.has_only_words)
    if screen == RESULT:
        guidance = queries.guidance(
            form.situation(),
            struck=form.struck_keys(),
            stage=form.cleaned_data["stage"],
            language=display.language,
            at=timezone.now(),
        )
        return render(request, "guide/result.html", screens.result(form, guidance, display))
    return render(request, "guide/steps.html", screens.question(form, screen, display, wishes))


@require_POST
def memo(request: HttpRequest, display: Display) -> HttpResponse:
    """The 相談メモ: one's own words on one page, to show instead of speak."""
    form = GuideForm(request.POST)
    if not form.is_valid():
        screen = screens.screen_of_error(form)
        return render(
            request,
            "guide/steps.html",
            screens.question(form, screen, display),
            status=UNPROCESSABLE,
        )
    written = request.POST.get("memo")
    if written is None:
        written = queries.memo_of(form.situation(), form.struck_keys(), language=display.language)
    return render(request, "guide/memo.html", screens.memo(form, written))


@require_GET
def how(request: HttpRequest, display: Display) -> HttpResponse:
    """The tables and every path of the guide, for anyone to check."""
    return render(request, "guide/how.html", {"how": queries.explained(display.language)})


@require_GET
def kind(request: HttpRequest, display: Display, kind: str) -> HttpResponse:
    """One kind of service: what it is, when it fits, and named places of it."""
    found = queries.kind_page(kind, language=display.language, at=timezone.now())
    if found is None:
        raise Http404
    return render(request, "guide/kind.html", found)


def _with_taps(posted: QueryDict) -> QueryDict:
    """Fold the one-tap buttons (an example, a struck reading, one of several places) into the fields they stand for."""
    told = posted.copy()
    for example in choices.EXAMPLES:
        if told.get("example") == example.name:
            told["text"] = example.text
    struck = set(told.get("struck", "").split())
    if key := told.get("strike"):
        struck.add(key)
    if key := told.get("unstrike"):
        struck.discard(key)
    if struck or "struck" in told:
        told["struck"] = " ".join(sorted(struck))
    if code := told.get("place_code"):
        # By its full name, which a person can read on the next screen and on the memo.
        chosen = by_code(code)
        told["place"] = chosen.full_name if chosen else code
    return told
