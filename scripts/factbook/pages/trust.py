"""What a page tells readers who want to rely on it: its version, how to cite it, when it is due for review."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from factbook.data import citations
from factbook.model import fingerprint, origins, retraction, staleness
from factbook.model.records import Version
from factbook.pages.context import Context


class Trust(Struct, frozen=True, kw_only=True):
    """The data of a fact for templates/trust.html.

    ``voices`` are origins with their names, ``origins`` is how many of them count. ``partly``: several count, and the
    status still says less, because they do not bear out the whole claim or may not be independent. ``looked`` and
    ``due`` are days, ``due`` empty where nothing sets one. ``waiting``: a source that it cites was retracted, and it
    was not weighed again since.
    """

    version: str
    earlier: tuple[Version, ...]
    looked: str
    due: str
    voices: list[tuple[str, origins.Voice]]
    origins: int
    partly: bool
    cite: Markup
    waiting: bool = False


def of_fact(context: Context, name: str) -> Trust:
    """Return what templates/trust.html shows of a fact."""
    a, f = context.recorded, context.recorded.statements[name]
    every = origins.voices(a, f)
    counting = sum(v.counts for v in every)
    return Trust(
        version=fingerprint.versions(a)[name],
        earlier=earlier(context, name),
        looked=staleness.looked_at(f),
        due=staleness.recheck_by(a, f),
        voices=[(origins.named(context.archive, v.origin), v) for v in every],
        origins=counting,
        partly=counting > 1 and a.status(f).evidence == "support",
        cite=_cite(context, citations.of_fact(a, context.publication, name)),
        waiting=bool(retraction.awaiting(a, f)),
    )


def earlier(context: Context, name: str) -> tuple[Version, ...]:
    """Return the earlier versions of a fact that have pages; none where no data is written."""
    return (context.recorded.earlier or {}).get(name, ()) if context.data else ()


_TITLE, _VERSION, _KEY = "Qtitleq", "Qversionq", "Qkeyq"
"""Placeholders that no text of the interface contains."""


def _cite(context: Context, work: citations.Work) -> Markup:
    """Return how to cite a fact, as its page shows it.

    Facts last changed on one day differ in three texts only, so the template is rendered once for each day, and these
    texts are put in.
    """
    pattern = context.cites.get(work.day)
    if pattern is None:
        url = work.url and work.url.replace(work.version, _VERSION).replace(f"facts/{work.key}", f"facts/{_KEY}")
        marked = replace(work, key=_KEY, title=_TITLE, version=_VERSION, url=url)
        filled = str(context.cite(citations.with_citations(marked), f"facts/{_KEY}")).replace("%", "%%")
        for mark, name in ((_TITLE, "title"), (_VERSION, "version"), (_KEY, "key")):
            filled = filled.replace(mark, f"%({name})s")
        pattern = context.cites[work.day] = filled
    return Markup(pattern % {"key": work.key, "version": work.version, "title": str(escape(work.title))})
