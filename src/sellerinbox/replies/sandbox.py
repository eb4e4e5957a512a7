"""Jinja2, cut down until nothing in it can hurt: imported with the first text that is filled.

Two fences. The inner one is a list of the few parts of the language a text may use: names, `if`,
`or`, comparisons, `~` and six filters. There is no loop, no call, no attribute, no arithmetic, no
variable of one's own, so a text takes time and room in proportion to its own length, and no way
leads from a value to Python. The outer one is Jinja2's own immutable sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sellerinbox.replies.template import FLAGS, TEXT_LIMIT, TemplateMistake

OUTPUT_LIMIT = 20_000
"""Characters of a filled text; ten times what any marketplace takes."""
_DEPTH = 40
_FILTERS = frozenset({"default", "d", "upper", "lower", "capitalize", "trim"})
_TESTS = frozenset({"defined", "undefined"})
_PARTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Or, nodes.And,
    nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat, nodes.Filter, nodes.Test, nodes.List, nodes.Tuple,
)  # fmt: skip
_WORDS: Mapping[type[nodes.Node], str] = {
    nodes.For: "loops are",
    nodes.Call: 'calls are (a fragment\'s name is written in quotes, {{ fragment("closing") }})',
    nodes.Include: "this kind of include is (a fragment's name is written in quotes)",
    nodes.Getattr: "a dot behind a name is",
    nodes.Getitem: "brackets behind a name are",
    nodes.Assign: "variables of your own are",
    nodes.AssignBlock: "variables of your own are",
    nodes.Macro: "macros are",
    nodes.Block: "blocks of this kind are",
    nodes.Import: "imports are",
    nodes.FromImport: "imports are",
    nodes.Extends: "inheritance is",
}


class Missing(Undefined):
    """A variable without a value: false, and where it is printed its own name in braces."""

    __slots__ = ("_asked",)

    def __init__(self, name: str, asked: Callable[[str], None]) -> None:
        super().__init__(name=name)
        self._asked = asked

    def __str__(self) -> str:
        name = self._undefined_name or ""
        self._asked(name)
        return f"{{{name}}}"


class _Compiled(NamedTuple):
    template: Template
    names: tuple[str, ...]


class _Read(NamedTuple):
    tree: nodes.Template
    names: tuple[str, ...]


@lru_cache(maxsize=2)
def _environment(mark: str = "") -> ImmutableSandboxedEnvironment:
    def finalize(value: object) -> str:
        text = str(value)
        return text + mark if text else text

    # A message to a buyer is no web page: "&" stays "&".
    made = ImmutableSandboxedEnvironment(autoescape=False, trim_blocks=True, lstrip_blocks=True, finalize=finalize)
    made.globals.clear()
    return made


def names(text: str) -> tuple[str, ...]:
    """The variables in a text, in reading order. Raises `TemplateMistake` for a text that can't be used."""
    return _read(text).names


def printed_flags(text: str) -> tuple[str, ...]:
    """Yes-or-no variables that a text prints, which is never meant."""
    outputs = _read(text).tree.find_all(nodes.Output)
    return tuple(node.name for output in outputs for node in output.nodes if isinstance(node, nodes.Name) and node.name in FLAGS)


def render(text: str, values: Mapping[str, str], mark: str) -> tuple[str, tuple[str, ...]]:
    """The text filled, `mark` behind everything printed, and the names that had no value. Raises `TemplateMistake`."""
    compiled = _compiled(text, mark)
    asked: dict[str, None] = {}

    def ask(name: str) -> None:
        asked.setdefault(name)

    context = {name: values.get(name) or Missing(name, ask) for name in compiled.names}
    try:
        whole = "".join(_limited(compiled.template.generate(context)))
    except (TemplateError, RecursionError) as error:
        raise TemplateMistake(f"{error}.") from error
    return whole, tuple(asked)


def _limited(pieces: Iterator[str]) -> Iterator[str]:
    room = OUTPUT_LIMIT
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise TemplateMistake(f"the filled text grows beyond {OUTPUT_LIMIT} characters.")
        yield piece


@lru_cache(maxsize=256)
def _compiled(text: str, mark: str) -> _Compiled:
    read = _read(text)
    try:
        return _Compiled(_environment(mark).from_string(text), read.names)
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise TemplateMistake("it is too deeply nested.") from error


@lru_cache(maxsize=256)
def _read(text: str) -> _Read:
    if len(text) > 2 * TEXT_LIMIT:
        raise TemplateMistake(f"the text has {len(text)} characters and {TEXT_LIMIT} are the most.")
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise TemplateMistake(_syntax(error), error.lineno) from error
    except RecursionError as error:
        raise TemplateMistake("it is too deeply nested.") from error
    found: dict[str, None] = {}
    for node, depth in _walk(tree):
        _allowed(node, depth)
        if isinstance(node, nodes.Name):
            found.setdefault(node.name)
    return _Read(tree, tuple(found))


def _syntax(error: TemplateSyntaxError) -> str:
    said = (error.message or "it can't be read").rstrip(".")
    return f"{said}. (Braces that are meant to be read are written {{{{ '{{' }}}}.)"


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    """Every node in reading order with its depth; not recursive, as the depth is the stranger's."""
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        stack += [(child, depth + 1) for child in reversed(list(node.iter_child_nodes()))]


def _allowed(node: nodes.Node, depth: int) -> None:
    if depth > _DEPTH:
        raise TemplateMistake("it is too deeply nested.", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        raise TemplateMistake(f"the filter “{node.name}” is not available here; there are {', '.join(sorted(_FILTERS))}.", node.lineno)
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        raise TemplateMistake(f"the test “{node.name}” is not available here; there are {', '.join(sorted(_TESTS))}.", node.lineno)
    if not isinstance(node, _PARTS):
        what = next((words for kind, words in _WORDS.items() if isinstance(node, kind)), f"“{type(node).__name__.lower()}” is")
        raise TemplateMistake(f"{what} not available in canned replies.", node.lineno)
