"""Templates compiled to plain Python.

Jinja looks up every attribute, calls every function and finds every imported macro through its environment, because a
template may be handed anything by anybody. These templates are this package's own and are handed its own values, so
``f.claim`` can be just that, a macro just a function, and a page a list that is joined once. It takes less than half
the time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, missing
from markupsafe import Markup, _escape_inner


class Bare(Context):
    """What a template is rendered in, without what only inheritance and imports with a context ask for."""

    def __init__(self, environment: Environment, parent: dict) -> None:
        self.environment, self.parent = environment, parent
        self.vars, self.exported_vars, self.eval_ctx = {}, set(), environment.evaluated


def rendered(template: Template) -> Callable[..., str]:
    """What renders a template of an environment that is in use, without all that ``Template.render`` makes ready."""
    root, environment, known = template.root_render_func, template.environment, template.globals
    return lambda **given: "".join(root(Bare(environment, {**known, **given})))


def macro(function: Callable[..., Markup]) -> Callable[..., Markup]:
    """The function of a macro, which knows by itself what stands for an argument that is missing."""
    function.__defaults__ = (missing,) * function.__code__.co_argcount
    return function


def use(environment: Environment) -> None:
    """Let the templates of ``environment``, all of which escape what they are given, be compiled so."""
    environment.code_generator_class = Plainly
    environment.escaped, environment.macro, environment.markup = _escape_inner, macro, str.__new__
    environment.evaluated = EvalContext(environment)
    environment.imported = cache(lambda name: environment.get_template(name).module)


class Plainly(CodeGenerator):
    """Writes ``a.b``, ``a[b]``, ``a(b)``, macros and imports of a template as Python does. A dict has no attributes
    then, what is imported knows the globals only, a macro takes no arguments by name, and whatever a part of a template
    names must be given, whether that part comes to it or not."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("resolve, escaped = context.parent.__getitem__, environment.escaped")
        self.writeline("markup = environment.markup")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.rootlevel:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        super().leave_frame(frame, with_python_scope)
        if frame.rootlevel:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        if node.ctx == "load":
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for part in (*node.args, *node.kwargs):
            self.visit(part, frame)
            self.write(", ")
        self.write("l_1_caller=caller)" if forward_caller else ")")  # what a macro at the top of a template calls it

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:
        for name in node.names:
            self.writeline(f"{frame.symbols.ref(name)} = ", node)
            self._import_common(node, frame)
            self.write(f".{name}")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.macro(macro)")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return markup(Markup, concat({frame.buffer}))")

    # What ``markupsafe.escape`` says, as plain text where that is enough: it is joined to the rest at once, and a call
    # for each of a page's hundred texts, or making Markup of it, takes as long as everything else.

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(escaped(held) if (kind := (held := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(").__class__) is str else held if kind is Markup else escape(held))")
