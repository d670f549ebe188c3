"""The look keeps its promises: readable by day and by night, no red but for danger, nothing inline."""

import colorsys
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "madobe"
LOOK = (SOURCE / "ui" / "styles" / "madobe.css").read_text()
BUILT = (SOURCE / "ui" / "static" / "ui" / "madobe.css").read_text()
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))

GROUNDS = ("paper", "card", "glow")
TEXTS = ("ink", "soft", "evening")
TEXT_PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("evening-ink", "evening"),  # the main button
    ("leaf", "leaf-paper"),  # "open now"
    ("alert", "alert-paper"),
    ("ink", "alert-paper"),
]
SHAPE_PAIRS = [
    *((shape, ground) for shape in ("edge", "lamp") for ground in GROUNDS),
    ("alert", "paper"),
    ("evening", "sky"),  # frames of the pictures
]
DARK = "(prefers-color-scheme: dark)"


def rules(css: str, medium: str = "") -> Iterator[tuple[str, str, str]]:
    """Every rule of a style sheet: medium, selectors, declarations; one level of @media is opened."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    at = 0
    while (brace := css.find("{", at)) >= 0:
        head, depth, end = css[at:brace].strip(), 1, brace + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        body = css[brace + 1 : end - 1]
        if head.startswith("@media"):
            yield from rules(body, head.removeprefix("@media").strip())
        else:
            yield medium, head, body
        at = end


def theme(css: str, medium: str = "") -> dict[str, str]:
    """The colours of :root in one medium, by name."""
    return {
        name: value.strip()
        for where, head, body in rules(css)
        if (where, head) == (medium, ":root")
        for name, value in re.findall(r"--([\w-]+):\s*([^;]+)", body)
    }


DAY = theme(LOOK)
NIGHT = DAY | theme(LOOK, DARK)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_that_of_the_recommendation():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(
        4.48, abs=0.01
    )  # the well-known near miss
    assert contrast("#c0ffee", "#c0ffee") == 1


@pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_seven_times(colours: dict[str, str], text: str, ground: str):
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_states_stand_out_three_times(colours: dict[str, str], shape: str, ground: str):
    assert contrast(colours[shape], colours[ground]) >= 3


def test_a_line_too_faint_to_read_by_would_be_seen():
    assert contrast(DAY["line"], DAY["paper"]) < 3
    assert contrast(DAY["edge"], DAY["paper"]) < 7


def test_the_night_is_dark_and_the_day_is_light():
    assert luminance(DAY["paper"]) > 0.8
    assert luminance(NIGHT["paper"]) < 0.05


# --- red ---------------------------------------------------------------------------------------


def outside_danger(css: str) -> list[str]:
    """The rules that use the colour of danger somewhere else."""
    return [
        head
        for _, head, body in rules(css)
        if "var(--alert" in body
        for selector in head.split(",")
        if not re.match(r"\.immediate\b|\.btn\.danger\b", selector.strip())
    ]


def reds(css: str) -> set[str]:
    """Every colour written in a style sheet that an eye takes for red."""
    found = set()
    for colour in re.findall(r"#[0-9a-fA-F]{6}\b", css):
        hue, light, strength = colorsys.rgb_to_hls(
            *(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        )
        if (hue < 15 / 360 or hue > 345 / 360) and strength > 0.3 and 0.1 < light < 0.9:
            found.add(colour)
    return found


def test_red_is_for_danger_only():
    assert outside_danger(LOOK) == []
    assert reds(LOOK) <= {DAY["alert"], NIGHT["alert"]}


def test_another_red_would_be_seen():
    assert outside_danger(".notice { color: var(--alert); }") == [".notice"]
    assert reds(".notice { color: #c01010 }") == {"#c01010"}


def test_what_looks_like_danger_is_only_on_the_page_for_danger():
    users = {
        path.relative_to(SOURCE).as_posix()
        for path in TEMPLATES
        if re.search(r'class="[^"]*\b(?:immediate|danger)\b', path.read_text())
    }
    assert users == {"web/templates/web/now.html", "ui/templates/ui/gallery.html"}


# --- nothing inline, nothing moving ---------------------------------------------------------------

INLINE = re.compile(
    r"\sstyle\s*=|\son[a-z]+\s*=|<style\b|javascript:|<script\b(?![^>]*\ssrc=)", re.IGNORECASE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_style_or_script_inside(path: Path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="x">',
        "<a onclick='x'>",
        "<style>",
        '<script type="module">',
        '<a href="javascript:x">',
    ],
)
def test_inline_style_or_script_would_be_seen(html: str):
    assert INLINE.search(html)


def test_no_template_switches_escaping_off():
    raw = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b")
    assert [path.name for path in TEMPLATES if raw.search(path.read_text())] == []


def test_nothing_is_fetched_from_elsewhere():
    for path in TEMPLATES:
        assert re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', path.read_text()) == []  # fmt: skip
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//|@import", BUILT) == []


def test_nothing_moves():
    assert re.findall(r"\b(?:animation|transition|@keyframes|scroll-behavior)\b", LOOK) == []


# --- the built sheet -------------------------------------------------------------------------------


def squeezed(css: str) -> str:
    """A text of CSS as the builder writes it: without the blanks, quotes and zeros that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).replace("::", ":").replace('"', "")
    css = re.sub(r"\s*([{}:;,>()!~+])\s*", r"\1", re.sub(r"\s+", " ", css))
    return re.sub(r"(?<![\w.])0\.(\d)", r".\1", css).strip()


def said(css: str) -> set[str]:
    """Every declaration of a style sheet with its medium and its selectors; pictures written as text apart."""
    return {
        " | ".join((squeezed(medium), squeezed(head), squeezed(one)))
        for medium, head, body in rules(css)
        if not head.startswith("@font-face")
        for one in body.split(";")
        if one.strip() and not one.strip().startswith("content:")
    }


def missing(look: str, built: str) -> list[str]:
    """What the source says and the built sheet does not."""
    return sorted(said(look) - said(built))


def test_the_built_sheet_is_fresh():
    assert missing(LOOK, BUILT) == [], "run `npm run build`"


def test_a_sheet_built_too_early_would_be_seen():
    assert missing(LOOK + "\n.new-rule { color: inherit; }", BUILT) == [
        " | .new-rule | color:inherit"
    ]
    assert missing(LOOK.replace(DAY["lamp"], "#b0691b"), BUILT) == [" | :root | --lamp:#b0691b"]
