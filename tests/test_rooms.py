"""Who may import whom, and what the core never touches: read from the imports, so that a wrong arrow fails.

A room is the first name below `bridge`: a folder (`mail`) or a module (`errors`). The rules apply to every
import of a file, those inside functions and below `if TYPE_CHECKING` too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BRIDGE = Path(__file__).resolve().parent.parent / "bridge"
CORE = ("mail", "reply", "posting", "fanout")
EDGES = ("intake", "outbox", "forum", "web", "dns", "thumbnails")
GROUND = ("store", "errors", "maillog")
TOP = ("daemon", "cli", "__main__", "demo", "doctor")
EVERYTHING = {*CORE, *EDGES, *GROUND, *TOP, "mailroom", "config"}

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "maillog": {"errors"},
    "mail": {"errors"},
    "reply": {"mail"},
    "posting": {"mail", "reply", "errors"},
    "fanout": {"mail", "reply", "posting", "errors"},
    "store": {*CORE, "errors", "maillog"},
    **{edge: {*CORE, *GROUND} for edge in EDGES},
    "mailroom": {*CORE, *GROUND},
    "config": {"posting", "errors"},
    "doctor": EVERYTHING - {"cli", "__main__", "demo", "doctor"},
    "daemon": EVERYTHING - {"cli", "__main__", "demo", "doctor"},
    "demo": EVERYTHING - {"cli", "__main__"},
    "cli": EVERYTHING - {"__main__"},
    "__main__": {"cli"},
}

IMPURE = {
    "aiosmtplib", "aiosmtpd", "aiosql", "asyncio", "concurrent", "http", "httpx2", "imapclient", "imaplib",
    "io.open", "multiprocessing", "os", "pathlib", "pysqlite3", "queue", "random", "sched", "secrets",
    "select", "selectors", "shutil", "signal", "smtplib", "socket", "socketserver", "sqlite3", "sqlite_utils",
    "ssl", "starlette", "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid", "uvicorn",
}  # fmt: skip
IMPURE_CALLS = {"open", "input", "print", "exec", "eval"}
CLOCKS = {"now", "utcnow", "today"}


def files() -> list[Path]:
    """Every Python file of the package."""
    return sorted(path for path in BRIDGE.rglob("*.py") if "data" not in path.parts)


def room(module: tuple[str, ...]) -> str:
    """The room of a module's name below `bridge`; empty for `bridge` itself."""
    return module[0] if module else ""


def name_of(path: Path) -> tuple[str, ...]:
    """The module's name below `bridge`, as parts."""
    parts = path.relative_to(BRIDGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def imports(path: Path) -> Iterator[tuple[int, tuple[str, ...] | None, str]]:
    """Each import as (line, parts of our own module below `bridge` or None, full name of a foreign one)."""
    package = path.relative_to(BRIDGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = tuple(alias.name.split("."))
                yield node.lineno, parts[1:] if parts[0] == "bridge" else None, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = tuple(node.module.split(".")) if node.module else ()
            for alias in node.names:
                if node.level:
                    up = package[: len(package) - (node.level - 1)]
                    yield node.lineno, (*up, *base, alias.name), ""
                elif base[0] == "bridge":
                    yield node.lineno, (*base[1:], alias.name), ""
                else:
                    yield node.lineno, None, ".".join((*base, alias.name))


def test_every_room_has_its_rule() -> None:
    rooms = {room(name_of(path)) for path in files()} - {"__init__"}
    assert rooms <= set(MAY_IMPORT), "a new room needs a line in MAY_IMPORT"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(BRIDGE)))
def test_imports_follow_the_arrows(path: Path) -> None:
    own = room(name_of(path))
    wrong = [
        f"line {line}: {own} imports {room(target)}"
        for line, target, _ in imports(path)
        if target and own != "__init__" and room(target) not in MAY_IMPORT[own] | {own, "__version__"}
    ]
    assert not wrong, wrong


def test_no_module_imports_itself_over_others() -> None:
    known = {name_of(path) for path in files()}
    arrows: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for path in files():
        targets = (target for _, target, _ in imports(path) if target)
        found = {target if target in known else target[:-1] for target in targets}
        arrows[name_of(path)] = (found & known) - {name_of(path)}
    assert not _cycle(arrows)


def _cycle(arrows: dict[tuple[str, ...], set[tuple[str, ...]]]) -> list[str]:
    """What is left when modules without arrows are taken away again and again: the modules of the cycles."""
    left = {name: set(targets) for name, targets in arrows.items()}
    while bare := [name for name, targets in left.items() if not targets & left.keys()]:
        for name in bare:
            del left[name]
    return sorted(".".join(name) for name in left)


@pytest.mark.parametrize(
    "path",
    [path for path in files() if room(name_of(path)) in CORE],
    ids=lambda path: str(path.relative_to(BRIDGE)),
)
def test_the_core_is_pure(path: Path) -> None:
    wrong = [f"line {line}: imports {name}" for line, _, name in imports(path) if name and _impure(name)]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
            wrong.append(f"line {node.lineno}: async")
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
                wrong.append(f"line {node.lineno}: calls {called.id}()")
            if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                wrong.append(f"line {node.lineno}: asks the clock: .{called.attr}()")
    assert not wrong, wrong


def _impure(name: str) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:n]) in IMPURE for n in range(1, len(parts) + 1))


def test_only_the_command_line_the_doctor_and_what_wires_see_the_config() -> None:
    seen = {
        room(name_of(path))
        for path in files()
        for _, target, _ in imports(path)
        if target and room(target) == "config"
    }
    assert seen <= {"cli", "daemon", "doors", "pollers", "reload", "demo", "doctor", "trust", "config"}
