from django.http import HttpRequest, HttpResponse

from madobe.ui.display import Display


def calendar(request: HttpRequest, display: Display) -> HttpResponse:
    return HttpResponse("<!doctype html><title>カレンダー</title>")
