"""Templates compiled to plain Python: the one place that reaches into Jinja's code generator, for speed.

Jinja looks up every attribute, calls every function and finds every imported macro through its environment, because a
template may be handed anything by anybody. These templates are the package's own and are handed its own values, so
``f.claim`` can be a plain attribute, a macro a plain function, and a page one list that is joined once.

Gain: rendering record pages takes half the time (1,932 pages: 0.28 s of processor time, 0.52 s with
FACTBOOK_PLAIN_JINJA=yes, which is the switch). tests/render/test_compiled.py holds every page to what Jinja's own
compiler makes of the same templates.

What a template cannot do here:

- ask a dict for an attribute (``d.key``): write ``d["key"]``;
- import with context: an imported macro knows the globals and its arguments only;
- give a macro an argument by name;
- leave out a value that a branch it does not take would name: every name must be given;
- extend another template, or use blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]  # private: the escaping without a Markup


class BareContext(Context):
    """The context of one rendering, without what only inheritance and imports with context need."""

    def __init__(self, environment: Environment, parent: dict[str, Any]) -> None:
        # Context.__init__ is left out on purpose: it copies the globals for blocks, of which there are none.
        self.environment, self.parent = environment, parent
        self.vars, self.exported_vars = {}, set()
        self.eval_ctx = environment.evaluated  # type: ignore[attr-defined]  # set by ``use``


def rendered(template: Template) -> Callable[..., str]:
    """Return a function that renders ``template`` with the values given by name.

    It makes ready once what ``Template.render`` makes ready at each call. For a template of an environment that
    ``use`` was not applied to, it is ``template.render`` itself.
    """
    root, environment, known = template.root_render_func, template.environment, template.globals
    if environment.code_generator_class is not PlainCodeGenerator:
        return template.render
    return lambda **values: "".join(root(BareContext(environment, {**known, **values})))


def macro(function: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a macro's ``function`` with ``missing`` as the default of every argument, which its code tests for."""
    function.__defaults__ = (missing,) * function.__code__.co_argcount
    return function


def use(environment: Environment) -> None:
    """Let the templates of ``environment``, which must all escape, be compiled by ``PlainCodeGenerator``."""
    environment.code_generator_class = PlainCodeGenerator
    names: dict[str, object] = {
        "escaped": _escape_inner,
        "macro": macro,
        "markup": str.__new__,
        "evaluated": EvalContext(environment),
        "imported": cache(lambda name: environment.get_template(name).module),
    }
    for name, value in names.items():
        setattr(environment, name, value)


class PlainCodeGenerator(CodeGenerator):
    """Writes ``a.b``, ``a[b]``, ``a(b)``, macros and imports of a template as Python does.

    Each method replaces the one of the same name in ``jinja2.compiler.CodeGenerator`` (Jinja 3.1).
    """

    def write_commons(self) -> None:
        """Begin a function: bind the names that the code below uses."""
        super().write_commons()
        self.writeline("resolve, escaped = context.parent.__getitem__, environment.escaped")
        self.writeline("markup = environment.markup")

    def enter_frame(self, frame: Frame) -> None:
        """Collect the text of the whole template in one list."""
        super().enter_frame(frame)
        if frame.rootlevel:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Yield the list of the whole template, joined."""
        super().leave_frame(frame, with_python_scope)
        if frame.rootlevel:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """Read a name without asking whether it is undefined: ``resolve`` raises KeyError for one not given."""
        if node.ctx == "load":
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``a.b`` as an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """``a[b]`` as an item."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """``a(b)`` as a call; ``caller`` is what a ``call`` block hands to a macro."""
        self.visit(node.node, frame)
        self.write("(")
        for part in (*node.args, *node.kwargs):
            self.visit(part, frame)
            self.write(", ")
        self.write("l_1_caller=caller)" if forward_caller else ")")

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:
        """``from a import b`` once for each environment."""
        for name in node.names:
            self.writeline(f"{frame.symbols.ref(name if isinstance(name, str) else name[1])} = ", node)
            self._import_common(node, frame)
            self.write(f".{name if isinstance(name, str) else name[0]}")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro as the function that it is."""
        self.write("environment.macro(macro)")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """End a macro: its text is markup."""
        self.writeline(f"return markup(Markup, concat({frame.buffer}))")

    # A value is escaped as ``markupsafe.escape`` does, but stays a plain text: a page joins a hundred of them at once,
    # and making each one Markup, or calling a function for it, takes as long as everything else.

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(escaped(held) if (kind := (held := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(").__class__) is str else held if kind is Markup else escape(held))")
