"""Invariants of the whole: what no single room can promise alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot import routing
from bot.commands import COMMANDS

ROOT = Path(__file__).parents[2]
CODE = sorted(p for top in ("bot", "adapters", "storage") for p in (ROOT / top).rglob("*.py"))
TREES = {p: ast.parse(p.read_text()) for p in CODE}
FORBIDDEN_WORDS = re.compile(
    r"\b(lost|broke|behind|disappoint\w*|don't give up|last chance|everyone else|only you|must|should)\b",
    re.I,
)


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small_enough_to_read(path):
    assert path.read_text().count("\n") <= 400
    for function in functions(TREES[path]):
        assert (function.end_lineno or 0) - function.lineno + 1 <= 50, function.name


def test_the_core_has_no_clock_no_chance_and_no_environment():
    impure = re.compile(
        r"datetime\.(now|utcnow)\(|date\.today\(|time\.(time|monotonic)\(|uuid4\(|os\.environ|getenv\("
        r"|\brandom\.(random|choice|randint|shuffle|sample)\("
    )
    found = [p for p in CODE if p.is_relative_to(ROOT / "bot") and impure.search(p.read_text())]
    assert found == []


def test_no_room_uses_another_rooms_turns_or_words():
    shared = {"chat", "today", "content"}
    wrong = []
    for path in (p for p in CODE if p.is_relative_to(ROOT / "bot") and len(p.relative_to(ROOT).parts) > 2):
        room = path.relative_to(ROOT).parts[1]
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot."):
                parts = node.module.split(".")
                names = {parts[-1], *(a.name for a in node.names)} if len(parts) == 2 else {parts[2]}
                if parts[1] not in shared | {room} and names & {"turns", "words"}:
                    wrong.append(f"{path.relative_to(ROOT)}: {node.module}")
    allowed = {"bot/pace/inventory_turns.py: bot.safety.turns"}
    assert set(wrong) <= allowed


def test_every_command_has_a_summary_and_a_handler():
    assert set(routing.COMMAND_HANDLERS) == {c.name for c in COMMANDS}
    assert all(c.summary for c in COMMANDS)
    assert len({c.name for c in COMMANDS}) == len(COMMANDS)


def test_every_button_the_code_offers_has_a_handler():
    offered = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "option":
                verb = node.args[1]
                if isinstance(verb, ast.Constant):
                    offered.add(verb.value)
    assert offered - set(routing.CHOICE_HANDLERS) <= {"do", "fill"}
    assert set(routing.CHOICE_HANDLERS) <= offered


def test_the_command_page_is_current():
    from adapters.tools import commands_page

    assert (ROOT / "docs" / "commands.md").read_text() == commands_page()


def test_pacers_words_carry_no_guilt():
    said = []
    for path in (
        p for p in CODE if p.is_relative_to(ROOT / "bot") and p.stem in {"words", "turns", "ask", "override"}
    ):
        docs = {
            ast.get_docstring(n, clean=False)
            for n in ast.walk(TREES[path])
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
                text = node.value
                if " " in text and FORBIDDEN_WORDS.search(text):
                    said.append(f"{path.relative_to(ROOT)}: {text[:60]}")
    assert said == []


def test_the_features_page_names_tests_that_exist():
    page = (ROOT / "docs" / "features.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)
    assert named
    for path, test in named:
        source = (ROOT / path).read_text()
        assert not test or f"def {test}(" in source, f"{path}::{test}"


def test_locks_hold_hashes_and_no_address():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
