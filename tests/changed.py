"""`make test-changed`: which tests a change since `main` touches, by what imports what.

`python -m tests.changed [BASE]` prints the test files, a line for each part that needs a process of its own. BASE is a
commit or branch; without it origin/main or main. Files that are not committed count as changed.

A module depends on what it imports and on the modules whose names stand in it as strings, as in manifests. A test also
depends on the conftest.py of its folder and of those above, on the services that it starts, and on all of them if it
takes `installed` services or runs the command line. Files that are no Python belong to the package in which they are.
A change outside of services/ and tests/ touches everything, unless it is documentation.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = (("unit", "contracts", "service"), ("system", "faults"), ("browser",))
DOCUMENTATION = re.compile(r"docs/.*|[^/]*\.md")
MODULE = re.compile(r"((services|tests)(\.\w+)+)(:\w+)?")
COMMAND_LINE = "services.chassis.cli"
INSTALLED = "services.chassis.manifest.installed"
STARTING = {"bench_of", "start", "named"}
"""Functions of the tests whose arguments are names of services."""
SOAK = "tests.soak"
"""Names the modules that it runs; what imports it needs none of them."""

Graph = dict[str, set[str]]


def main(arguments: list[str]) -> None:
    files = sorted(touched_tests(changes(arguments[0] if arguments else "")))
    for part in PARTS:
        if chosen := [file for file in files if file.split("/")[1] in part]:
            sys.stdout.write(f"{' '.join(chosen)}\n")


def changes(base: str = "", root: Path = ROOT) -> set[str]:
    """Paths that differ between the base and the work tree. Raises CalledProcessError: there is no such base."""
    base = base or ("origin/main" if _git(root, "branch", "--remotes", "--list", "origin/main") else "main")
    (fork,) = _git(root, "merge-base", "HEAD", base)
    changed = _git(root, "diff", "--name-only", "--no-renames", fork)
    return {*changed, *_git(root, "ls-files", "--others", "--exclude-standard")}


def touched_tests(changed: Iterable[str], root: Path = ROOT) -> set[str]:
    """The test files that depend on one of the changed files."""
    modules, graph = _read(root)
    tests = {name: path for name, path in modules.items() if path.name.startswith("test_")}
    touched: set[str] = set()
    for path in map(Path, changed):
        if DOCUMENTATION.fullmatch(str(path)):
            continue
        if path.parts[0] not in {"services", "tests"}:
            touched = set(modules)
            break
        touched |= _belonging(path, modules, root)
    reached = _downstream(touched, graph)
    return {str(path.relative_to(root)) for name, path in tests.items() if name in reached}


def needed_by(name: str, root: Path = ROOT) -> set[str]:
    """The module and all that it depends on."""
    _, graph = _read(root)
    return _reachable({name}, graph)


@cache
def _read(root: Path) -> tuple[dict[str, Path], Graph]:
    """All modules with their files, and what each of them needs."""
    modules = dict(_modules(root))
    services = {
        path.parent.name: name for name, path in modules.items() if re.fullmatch(r"services\.\w+\.manifest", name)
    }
    graph: Graph = {}
    for name, path in modules.items():
        tree = ast.parse(path.read_bytes())
        words = set(_imports(tree)) if name == SOAK else {*_imports(tree), *_strings(tree)}
        needs = {module for word in words for module in _named(word, modules)}
        if name.startswith("tests."):
            needs |= {services[service] for service in _started(tree) if service in services}
            if {COMMAND_LINE, INSTALLED} & words or COMMAND_LINE in needs:
                needs |= set(services.values())
            needs |= {each for each in _conftests(name) if each in modules}
        graph[name] = needs - {name}
    return modules, graph


def _imports(tree: ast.AST) -> Iterator[str]:
    """Full names of what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _started(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in STARTING:
            yield from (each.value for each in node.args if isinstance(each, ast.Constant))


def _named(word: str, modules: Mapping[str, Path]) -> Iterator[str]:
    """The module that a word names, its packages, and its migrations, which Alembic finds as files."""
    match = MODULE.fullmatch(word)
    if not match:
        return
    name = match[1]
    while "." in name:
        if name in modules:
            yield name
        name = name.rpartition(".")[0]
    yield from (each for each in modules if each.startswith(f"{match[1]}.versions."))


def _conftests(name: str) -> Iterator[str]:
    while name := name.rpartition(".")[0]:
        yield f"{name}.conftest"


def _modules(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted([*root.glob("services/**/*.py"), *root.glob("tests/**/*.py")]):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _belonging(path: Path, modules: Mapping[str, Path], root: Path) -> set[str]:
    """The module in this file; of a file that is none or is gone, all modules of the package around it."""
    if path.suffix == ".py" and path.name != "__init__.py" and (root / path).exists():
        return {".".join(path.with_suffix("").parts)}
    folder = path.parent
    while not (root / folder / "__init__.py").exists() and len(folder.parts) > 1:
        folder = folder.parent
    package = ".".join(folder.parts)
    return {name for name in modules if name == package or name.startswith(f"{package}.")}


def _downstream(touched: set[str], graph: Graph) -> set[str]:
    users: Graph = {}
    for name, needs in graph.items():
        for each in needs:
            users.setdefault(each, set()).add(name)
    return _reachable(touched, users)


def _reachable(start: set[str], graph: Graph) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        new = graph.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


if __name__ == "__main__":
    main(sys.argv[1:])
