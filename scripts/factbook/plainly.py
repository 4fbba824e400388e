"""Templates compiled to plain Python.

Jinja looks up every attribute, calls every function and finds every imported macro through its environment, because a
template may be handed anything by anybody. These templates are this package's own and are handed its own values, so
``f.claim`` can be just that. It halves the time that a page takes.
"""

from __future__ import annotations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape


def safe(held: object) -> str:
    """What ``markupsafe.escape`` says, as plain text: it is joined to the rest at once, and making Markup of each of a
    page's hundred texts takes as long as everything else."""
    if held.__class__ is Markup:
        return held
    return _escape_inner(held) if held.__class__ is str else escape(held)


def use(environment: Environment) -> None:
    """Let the templates of ``environment``, all of which escape what they are given, be compiled so."""
    environment.code_generator_class = Plainly
    environment.safe = safe


class Plainly(CodeGenerator):
    """Writes ``a.b``, ``a[b]``, ``a(b)`` and imports of a template as Python does. A dict has no attributes then, and
    what is imported knows the globals only."""

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
        self.write("caller=caller)" if forward_caller else ")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(").module")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.safe(")
