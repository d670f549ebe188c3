"""A condition of the tables in readable words, from the labels of its codes."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from .conditions import Condition
from .tables import TABLES, Tables
from .texts import LANGUAGES, Text

_FRAMES = {
    "S": ("{list}という様子がある", "{list} というようすが ある", "a sign: {list}"),
    "W": ("だれかに{list}という望みがある", "だれかが {list} を のぞむ", "somebody wishes: {list}"),
    "PW": ("ご本人に{list}という望みがある", "本人が {list} を のぞむ", "the person wishes: {list}"),
    "C": ("{list}という事情がある", "{list} という事情が ある", "a limit: {list}"),
    "PC": ("ご本人に{list}という事情がある", "本人に {list} という事情が ある", "a limit of the person: {list}"),
    "WC": ("相談する方に{list}という事情がある", "相談する人に {list} という事情が ある", "a limit of the one who asks: {list}"),
    "only_W": ("望みが{list}だけ", "のぞむことが {list} だけ", "nothing is wished but: {list}"),
    "covered": ("お住まいの地域に{list}がある（分からないときも）", "住む場所に {list} が ある", "{list} serves the area, or the area is unknown"),
}  # fmt: skip
_NOT_FRAMES = {
    "S": ("{list}という様子はない", "{list} というようすは ない", "no sign: {list}"),
    "W": ("{list}という望みはない", "だれも {list} を のぞまない", "nobody wishes: {list}"),
    "PW": ("ご本人に{list}という望みはない", "本人は {list} を のぞまない", "the person does not wish: {list}"),
    "C": ("{list}という事情はない", "{list} という事情は ない", "no such limit: {list}"),
    "PC": ("ご本人に{list}という事情はない", "本人に {list} という事情は ない", "no such limit of the person: {list}"),
    "WC": ("相談する方に{list}という事情はない", "相談する人に {list} という事情は ない", "no such limit of the one who asks: {list}"),
    "covered": ("お住まいの地域に{list}がない", "住む場所に {list} が ない", "{list} does not serve the area"),
}  # fmt: skip
_WHO = {
    "self": ("ご本人", "本人", "the person"),
    "family": ("家族", "家族", "family"),
    "friend": ("友人・知人", "友だち", "a friend"),
    "worker": ("支援の仕事の人", "支える人", "a worker"),
    "": ("まだ分からない人", "まだ わからない人", "nobody said who"),
}
_QUANTITY = {
    "age": ("年齢", "年れい", "age", "歳", "さい", ""),
    "months": ("続いている期間", "つづいている期間", "duration", "か月", "か月", " months"),
}
_BOUND = {
    ast.GtE: ("以上", "以上", "at least "),
    ast.Gt: ("より上", "より 上", "more than "),
    ast.LtE: ("まで", "まで", "at most "),
    ast.Lt: ("より下", "より 下", "below "),
}
_MIRROR: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.LtE: ast.GtE, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.Gt: ast.Lt,
}  # fmt: skip
_JOIN = {True: ("、かつ、", "、そして、", " and "), False: ("、または、", "、または、", " or ")}
_AREA_KNOWN = ("住む地域が分かっている", "住む場所が わかっている", "the area is known")
_AREA_UNKNOWN = ("住む地域が分からない", "住む場所が わからない", "the area is unknown")
_QUOTES = (("「", "」"), ("「", "」"), ("“", "”"))
_OR = ("か", "か", " or ")


@dataclass(frozen=True, slots=True)
class _Words:
    tables: Tables
    language: int  # place in LANGUAGES

    def render(self, node: ast.expr, *, inside: bool = False) -> str:
        if isinstance(node, ast.BoolOp):
            joined = _JOIN[isinstance(node.op, ast.And)][self.language].join(
                self.render(part, inside=True) for part in node.values
            )
            return self._bracketed(joined) if inside else joined
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = node.operand
            if (
                isinstance(inner, ast.Call)
                and isinstance(inner.func, ast.Name)
                and inner.func.id in _NOT_FRAMES
            ):
                return self._call(inner, _NOT_FRAMES)
            return self._negated(self.render(inner, inside=True))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, _FRAMES)
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.Name) and node.id in self.tables.terms:
            return self._say(self.tables.terms[node.id].text)
        return (
            "様子が一つでも分かっている",
            "ようすが 一つでも わかる",
            "at least one sign is known",
        )[self.language]

    def _say(self, text: Text) -> str:
        return text.in_language(LANGUAGES[self.language])

    def _bracketed(self, words: str) -> str:
        return f" ({words}) " if LANGUAGES[self.language] == "en" else f"（{words}）"

    def _negated(self, words: str) -> str:
        return (f"「{words}」ではない", f"「{words}」では ない", f"not “{words}”")[self.language]

    def _listed(self, words: list[str]) -> str:
        opening, closing = _QUOTES[self.language]
        return _OR[self.language].join(f"{opening}{word}{closing}" for word in words)

    def _call(self, node: ast.Call, frames: Mapping[str, tuple[str, str, str]]) -> str:
        assert isinstance(node.func, ast.Name)
        words = []
        for argument in (str(ast.literal_eval(a)) for a in node.args):
            code = self.tables.code(argument)
            words.append(self._say(code.label if code else self.tables.services[argument].name))
        return frames[node.func.id][self.language].replace("{list}", self._listed(words))

    def _comparison(self, node: ast.Compare) -> str:
        names = [n.id for n in [node.left, *node.comparators] if isinstance(n, ast.Name)]
        if names[0] in _QUANTITY:
            return self._quantity(names[0], node)
        values = [
            c.value
            for part in node.comparators
            for c in (part.elts if isinstance(part, ast.Tuple | ast.List) else [part])
            if isinstance(c, ast.Constant)
        ]
        is_not = isinstance(node.ops[0], ast.NotEq | ast.NotIn)
        if values == [""] and names[0] in ("prefecture", "municipality"):
            return (_AREA_KNOWN if is_not else _AREA_UNKNOWN)[self.language]
        if names[0] == "who":
            words = [_WHO[str(value)][self.language] for value in values]
            frame = ("相談するのが{list}", "相談するのが {list}", "asked by {list}")
        elif names[0] == "stage":
            words = [self._say(self.tables.stages[str(value)].name) for value in values]
            frame = ("いまが{list}のころ", "今が {list}", "the time is {list}")
        else:
            words = [str(value) for value in values]
            frame = ("お住まいの番号が{list}", "住む場所の番号が {list}", "the area code is {list}")
        said = frame[self.language].replace("{list}", self._listed(words))
        return self._negated(said) if is_not else said

    def _quantity(self, name: str, node: ast.Compare) -> str:
        label, unit = _QUANTITY[name][self.language], _QUANTITY[name][3 + self.language]
        operands = [node.left, *node.comparators]
        place = next(i for i, operand in enumerate(operands) if isinstance(operand, ast.Name))
        bounds = []
        for i, op in enumerate(node.ops):
            other = operands[i] if i + 1 == place else operands[i + 1]
            kind = _MIRROR.get(type(op), type(op)) if i + 1 == place else type(op)
            value = ast.literal_eval(other)
            if value == -1:
                known = ("分かっている", "わかっている", " is known")
                unknown = ("分からない", "わからない", " is unknown")
                words = (unknown if isinstance(op, ast.Eq) else known)[self.language]
                return f"{label}{words}" if self.language == 2 else f"{label}が{words}"
            if value == 0 and kind is ast.GtE:
                continue  # "0 <=" only says that it is known
            bound = _BOUND[kind][self.language] if kind in _BOUND else ""
            bounds.append(
                f"{bound}{value}{unit}" if self.language == 2 else f"{value}{unit}{bound}"
            )
        joined = {0: "、", 1: "、", 2: ", "}[self.language].join(bounds)
        return f"{label} {joined}" if self.language == 2 else f"{label}が{joined}"


def in_words(condition: Condition, tables: Tables = TABLES) -> Text:
    """The condition as one phrase, in the three languages."""
    return Text(
        *(" ".join(_Words(tables, i).render(condition.tree).split()) for i in range(len(LANGUAGES)))
    )
