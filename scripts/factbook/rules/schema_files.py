"""Rules for the schemas themselves: the engine must understand them, and hold every field that they allow."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from factbook.rules.problem import Finding, of_file
from factbook.rules.register import rule
from factbook.text import show


@rule(scope="file")
def field_not_held(path: str, field: str) -> Iterator[Finding]:
    """A schema must not allow a field that the engine does not know.

    What stood there would pass the check and then be lost: no page would show it, no comparison would see it change.
    """
    message = "the schema allows a field that this engine does not know, and would lose"
    yield of_file(path, message, value=field, hint="Add it to the class of the record in scripts/factbook/model/.")


class Misread(Struct, frozen=True):
    """A place in the schema ``name``, as a JSON pointer, and what there cannot be understood."""

    name: str
    place: str
    reason: str


@rule(scope="file")
def schema_misread(wrong: Misread) -> Iterator[Finding]:
    """A schema must be JSON Schema that the engine understands, as much of it as it has words for.

    What is not understood can be told to no author: a breach of it would stop the check without a reason.
    """
    where = f"at {show(wrong.place, 200)}: " if wrong.place else ""
    hint = "Take the schemas of the engine as they were published: factbook upgrade, or install it again."
    yield of_file(f"{wrong.name}.schema.json", f"the schema cannot be understood {where}{wrong.reason}", hint=hint)
