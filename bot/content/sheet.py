"""Reads one plain YAML file strictly, remembering the line of everything that is wrong with it.

Only text, whole numbers, true, lists and mappings exist here. A value that is not as described is
noted and reading goes on, so that all faults of a file are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.chat.pings import PING

if TYPE_CHECKING:
    from yaml import Node

Span = tuple[int, int]
"""Fewest and most, both included."""

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which line (from 1)."""

    line: int
    reason: str


@dataclass(slots=True)
class Sheet:
    """A file being read. Values that are wrong come back empty or zero, with a fault noted."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node | None, reason: str, *, below: int = 0) -> None:
        """Note a fault at a value, or at a line below its first."""
        line = node.start_mark.line if node is not None else 0
        self.faults.append(Fault(line + 1 + below, reason))

    def root(self, data: bytes) -> Node | None:
        """The document of a file; None if it is empty or no YAML."""
        # yaml costs start-up time and is needed only when authored data is first read.
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            node: Node | None = yaml.compose(data.decode(), Loader=loader)
        except UnicodeDecodeError as error:
            self.faults.append(Fault(data.count(b"\n", 0, error.start) + 1, "not UTF-8"))
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = min(mark.line, data.count(b"\n")) if mark else 0
            self.faults.append(Fault(line + 1, f"not YAML: {_said(error)}"))
            return None
        except RecursionError:
            self.faults.append(Fault(1, "not YAML: nested too deeply"))
            return None
        if node is None:
            self.fault(None, "an empty file")
        return node

    def fields(
        self, node: Node | None, known: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        """The values of a mapping by name; every name in `known` belongs there unless it is optional."""
        from yaml import MappingNode

        if not isinstance(node, MappingNode):
            if node is not None:
                self.fault(node, "a mapping of fields belongs here")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else "(not a name)"
            if name not in known:
                self.fault(key, f"unknown field {name}")
            elif name in found:
                self.fault(key, f"{name} is there twice")
            else:
                found[name] = value
        for name in sorted(set(known) - set(found) - set(optional)):
            self.fault(node, f"{name} is missing")
        return found

    def items(self, fields: Mapping[str, Node], name: str, count: Span) -> list[Node]:
        """The items of a list of so many."""
        from yaml import SequenceNode

        node = fields.get(name)
        if not isinstance(node, SequenceNode):
            if node is not None:
                self.fault(node, f"{name}: a list belongs here")
            return []
        if not count[0] <= len(node.value) <= count[1]:
            self.fault(node, f"{name}: {len(node.value)} items, not {_span(count)}")
        return list(node.value)

    def line(self, node: Node | None, name: str, longest: int | None = None) -> str:
        """Text of one line, with nobody addressed by it."""
        text = self.text(node, name)
        if "\n" in text:
            self.fault(node, f"{name}: one line only")
        if longest is not None and len(text) > longest:
            self.fault(node, f"{name}: {len(text)} characters, at most {longest}")
        return text

    def text(self, node: Node | None, name: str, words: Span | None = None) -> str:
        """Text of so many words, with nobody addressed by it; line ends around it are taken off."""
        if node is None:
            return ""
        raw = node.value
        if node.tag != f"{_TAG}str" or not isinstance(raw, str):
            self.fault(node, f"{name}: text belongs here")
            return ""
        text = raw.strip("\n").rstrip()
        count = len(text.split())
        if not count:
            self.fault(node, f"{name} is empty")
        elif words is not None and not words[0] <= count <= words[1]:
            self.fault(node, f"{name}: {count} words, not {_span(words)}")
        if ping := PING.search(raw):
            below = raw.count("\n", 0, ping.start()) + 1 if getattr(node, "style", None) == "|" else 0
            self.fault(node, f"{name}: {ping.group()} would notify people", below=below)
        return text

    def whole(self, node: Node | None, name: str, allowed: Span) -> int:
        """A whole number within bounds."""
        if node is None:
            return 0
        if node.tag != f"{_TAG}int" or not _WHOLE.fullmatch(str(node.value)):
            self.fault(node, f"{name}: a whole number belongs here")
            return 0
        number = int(str(node.value))
        if not allowed[0] <= number <= allowed[1]:
            self.fault(node, f"{name}: {number}, not {_span(allowed)}")
        return number

    def true(self, node: Node | None, name: str) -> bool:
        """Whether an optional `true` is there; nothing else may be."""
        if node is None:
            return False
        if node.tag != f"{_TAG}bool" or str(node.value).lower() != "true":
            self.fault(node, f"{name}: true, or leave it out")
            return False
        return True


def _span(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _said(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0]
