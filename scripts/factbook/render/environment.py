"""The Jinja environment of the package's templates: strict, escaping, and in one language."""

from __future__ import annotations

import os
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.ext import Extension

from factbook.model.addresses import at_fragment
from factbook.render import compiled
from factbook.render.language import Language

TEMPLATES = Path(__file__).parents[1] / "templates"
PLAIN_JINJA = "FACTBOOK_PLAIN_JINJA"
"""The variable that, where it is ``yes``, leaves the templates to Jinja's own compiler (see ``compiled``)."""


class Marked(Extension):
    """Replaces the marked texts of a template by those of the environment's ``language``."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template's source with its marks translated, before Jinja parses it."""
        language = self.environment.globals["language"]
        assert isinstance(language, Language)
        return language.fill(source)


class Kept(BytecodeCache):
    """Keeps the code of each template while this process lives: the preview makes an environment after every change.
    Code hangs on nothing but the source, whose texts are in one language by then."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], CodeType] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the room for a template's code, known by the source as Jinja parses it."""
        return super().get_bucket(environment, name, filename, str(environment.preprocess(source, name, filename)))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into its room, where it is held."""
        bucket.code = self.held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold the code."""
        assert bucket.code is not None
        self.held[bucket.key, bucket.checksum] = bucket.code


_KEPT = Kept()


def environment(language: Language) -> Environment:
    """Return the environment that renders the package's templates in ``language``.

    Values are escaped, a name that was not given is an error, and ``language`` is a global of every template.
    """
    made = Environment(
        loader=FileSystemLoader([*language.templates, TEMPLATES]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.globals["language"] = language
    made.globals["apart"] = language.apart
    made.globals["at_fragment"] = at_fragment
    made.filters["number"] = language.number
    made.add_extension(Marked)
    if os.environ.get(PLAIN_JINJA) != "yes":
        compiled.use(made)
        made.bytecode_cache = _KEPT  # of this compiler's code alone
    return made
