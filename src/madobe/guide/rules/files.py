"""Situations from the bytes of a file: YAML or JSON, one or a list."""

import json
from typing import Any

import yaml

from .situation import SituationError

LARGEST = 32 * 1024 * 1024  # bytes; the alias tricks of YAML grow faster than the file


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain values only, and a municipality code such as 011002 stays the text it was written as."""


def _number_or_code(loader: Any, node: yaml.ScalarNode) -> Any:
    if node.value.isdigit() and len(node.value) > 1 and node.value.startswith("0"):
        return node.value
    return yaml.SafeLoader.construct_yaml_int(loader, node)


_Loader.add_constructor("tag:yaml.org,2002:int", _number_or_code)


def items_from(raw: bytes, *, name: str) -> tuple[list[Any], bool]:
    """(items, whether a list was given). Raises SituationError naming `name` and how to mend it."""
    if len(raw) > LARGEST:
        raise SituationError(
            f"{name} is larger than {LARGEST // 2**20} MB; split it into several files."
        )
    found = _parsed(_decoded(raw, name), name)
    if isinstance(found, list):
        return found, True
    return [found], False


def _decoded(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SituationError(
            f"{name}, line {line}: this is not UTF-8; save the file as UTF-8 and try again."
        ) from error
    if not text.strip():
        raise SituationError(
            f"{name} is empty; write one situation, for example 'who: family', or a list of them."
        )
    return text


def _parsed(text: str, name: str) -> Any:
    if text.lstrip()[0] in "[{":
        try:
            return json.loads(text)
        except ValueError:
            pass  # it may be YAML written in braces
        except RecursionError as error:
            raise SituationError(f"{name} is nested too deeply to be a situation.") from error
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        where = f"{name}, line {at.line + 1}, column {at.column + 1}" if at else name
        raise SituationError(
            f"{where}: cannot be read as YAML or JSON ({error.problem or 'not clear why'})."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else "not clear why"
        raise SituationError(f"{name}: cannot be read as YAML or JSON ({first}).") from error
    if found is None:
        raise SituationError(
            f"{name} holds no situation; write one, for example 'who: family', or a list of them."
        )
    return found
