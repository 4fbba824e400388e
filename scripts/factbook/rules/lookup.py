"""Finds the record that somebody meant: by any name of an organization, by the address or title of a source, by a
label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from factbook import ids
from factbook.model.addresses import canonical
from factbook.model.archive import Archive
from factbook.model.kinds import FILED, KINDS
from factbook.model.moved import WORDS, ways
from factbook.model.records import Word, spellings
from factbook.model.same_document import plain
from factbook.rules.problem import Problem
from factbook.text import nearest

_LISTS = {"status": "statuses", "language": "languages", "stance": "stances"}
"""The list of the vocabulary for each field that is named otherwise."""
_MOST = 3
"""Records that are offered at most where several are as near."""


def meant(archive: Archive, kind: str, text: str) -> str:
    """Return the id of the record of ``kind`` that somebody meant by ``text``; empty where that is not clear.

    It may be an id that has moved, a name in any language, an acronym with or without full stops, the address of what
    is recorded or of a page of the record, or the name or the path of its file.
    """
    known, moved = _ids(archive, kind), archive.moved_ids[kind]
    if text in moved:
        return moved[text]
    address = "://" in text or text.startswith("www.")
    keys = [canonical(text if "://" in text else f"https://{text}")] if address else [plain(text), _joined(text)]
    keys += [] if address else [" ".join(ids.words(text))]  # with letters that look like others
    place = ids.of_place(text)
    for made in () if address else (ids.kebab(text),):
        if made in known:
            return made
    found = next(filter(None, (_names(archive, kind).get(key) for key in keys if key)), set[str]())
    if len(found) != 1 and (place in known or place in moved):
        return moved.get(place, place)
    return next(iter(found)) if len(found) == 1 else ""


def near(archive: Archive, kinds: Iterable[str], text: str) -> str:
    """Return ``Did you mean …?`` with the records of ``kinds`` whose ids are spelt nearly as ``text``, or, where there
    is none, hold most of its words; empty where no id does."""
    name = ids.kebab(text)
    known = [one for kind in kinds for one in sorted(_ids(archive, kind))]
    if close := nearest(name, [one for one in known if ids.usable(one)]):
        return close
    sought = {word for word in name.split("-") if len(word) > 2}
    shared = {one: len(sought.intersection(one.split("-"))) for one in known}
    most = max(shared.values(), default=0)
    if most < 2 or most * 2 < len(sought):
        return ""
    *others, last = [one for one in known if shared[one] == most][:_MOST]
    return f"Did you mean {' or '.join(filter(None, [', '.join(others), last]))}?"


def _ids(archive: Archive, kind: str) -> Collection[str]:
    """Return the ids of a kind of record or of word."""
    return archive.known[kind] if kind in FILED else archive.vocabulary[WORDS[kind]]


def _joined(text: str) -> str:
    """Return an acronym without what stands between its letters: ``l l`` and ``L.L.`` are one."""
    return plain(text).replace(" ", "")


@lru_cache(maxsize=8)
def _names(archive: Archive, kind: str) -> dict[str, set[str]]:
    """Return the ids of the records of ``kind``, by each text that can mean them."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in _called(archive, kind):
        found[text].add(name)
    return found


def _called(archive: Archive, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (id, text) for each record of ``kind`` and each text that means it."""
    if kind == "organization":
        for organization in archive.organizations.values():
            for name in (*organization.names, *organization.acronyms):
                yield organization.id, plain(name.text)
            for acronym in organization.acronyms:
                yield organization.id, _joined(acronym.text)
            if organization.website:
                yield organization.id, canonical(organization.website)
    elif kind == "source":
        for source in archive.sources.values():
            yield source.id, plain(source.title)
            for url in filter(None, (source.url, source.archive_url)):
                yield source.id, canonical(url)
    elif kind in FILED:
        for record in archive.of(FILED[kind]).values():
            yield record.id, plain(getattr(record, FILED[kind].title))
    else:
        for word in archive.vocabulary[WORDS[kind]].values():
            yield from ((word.id, plain(name)) for name in _said(archive, word))


def word_meant(archive: Archive, plural: str, text: str) -> str:
    """Return the id of the word of the list ``plural`` that ``text`` names.

    It may be a name in any language, a code, or a synonym of the archive; else it is a part, such as a family name, of
    the only word whose names hold it. Empty where there is none, or more than one.
    """
    every = _words(archive, plural)
    for sought in (plain(text), _joined(text), " ".join(ids.words(text))):
        found = {name for name, texts in every.items() if sought and sought in texts}
        found = found or {name for name, texts in every.items() if any(f" {sought} " in f" {one} " for one in texts)}
        if len(found) == 1:
            return found.pop()
    return ""


@lru_cache(maxsize=32)
def _words(archive: Archive, plural: str) -> dict[str, set[str]]:
    """Return what each word of a list of the vocabulary is called, by its id."""
    words = archive.vocabulary.get(plural, {}).values()
    return {word.id: {plain(name) for name in _said(archive, word)} for word in words}


def _said(archive: Archive, word: Word) -> Iterator[str]:
    """Yield what a word is called: its label, its spellings, the codes of its country, and synonyms of any of them."""
    names = [word.label, *(name for _, name in spellings(archive.vocabulary, word))]
    yield from names
    yield from codes(word.extra.get("code", ""))
    plainly = {plain(name) for name in names}
    for group in archive.synonyms:
        if not plainly.isdisjoint(map(plain, group)):
            yield from group


@cache
def codes(code: str) -> tuple[str, ...]:
    """Return a country's code of two letters with those that stand for it: ``UK`` and ``GBR`` for ``GB`` (CLDR)."""
    if not code:
        return ()
    from babel.core import get_global  # takes a tenth of the start, and few hints need it

    aliases = get_global("territory_aliases")
    return (code, *sorted(other for other, of in aliases.items() if of == [code] and other.isalpha()))


def _named(path: str, field: str) -> tuple[str, ...]:
    """Return the kinds that the ``field`` of the record at ``path`` names: those of what is no record are of words."""
    folder = path.split("/")[1]
    steps = field.split(" ")[: 1 if field.startswith("relations ") else None]
    for kind in KINDS.values():
        if folder == (kind.folder or KINDS[kind.instead_of].folder):
            every = (*ways(kind), *((way, (named,)) for way, named in kind.names.items()))
            for way, kinds in every:
                if steps == [step for step in way if isinstance(step, str)]:
                    return kinds
    return ()


def with_hint(archive: Archive, problem: Problem) -> Problem:
    """Return ``problem``, which a single file showed, with a hint that only the whole archive can give, if any.

    A field that names records of a kind is told of these alone, and no id that nothing has.
    """
    if problem.rule == "not-kebab-case":
        kinds = _named(problem.path, problem.message.partition(" is not ")[0])
        hint = _hint(archive, kinds, problem.value) if kinds else problem.hint
        return replace(problem, hint=hint)
    if problem.rule == "unknown-word":
        field = problem.message.partition(" must ")[0].rpartition(" ")[2]
        return replace(problem, hint=_of_word(archive, problem, field) or problem.hint)
    return problem


def _hint(archive: Archive, kinds: Sequence[str], text: str) -> str:
    """Return a hint at the record of ``kinds`` that ``text`` means or is near to."""
    if name := next(filter(None, (meant(archive, kind, text) for kind in kinds)), ""):
        return f"Write {name}."
    if "://" in text and "source" in kinds:
        return "No record has this address. Describe the page in facts/sources/, and write the id of that record."
    filed = [FILED[kind] for kind in kinds if kind in FILED]
    what = " or ".join(kind.name for kind in filed)
    make = " or ".join(f"facts/{kind.folder}/" for kind in filed)
    other = near(archive, kinds, text) or f"Add it in {make}, and write the id of that record."
    return f"There is no such {what}. {other}"


def _of_word(archive: Archive, problem: Problem, field: str) -> str:
    """Return a hint at the word that was meant in ``field``; empty where there is none."""
    one = _LISTS.get(field, field)
    if field == "kind":
        folder = problem.path.split("/")[1]
        of = next((kind for kind in FILED.values() if kind.folder == folder), None)
        one = f"{of.name}_kinds" if of else field
        for other in FILED.values():
            if of and other is not of and problem.value in archive.vocabulary.get(f"{other.name}_kinds", {}):
                hint = (
                    f"It is a kind of {other.plural}: write one of {of.plural}, or, if this is {other.article}, move "
                )
                return f"{hint}the file to facts/{other.folder}/."
    for kind, plural in WORDS.items():
        if plural == one and problem.value in archive.moved_ids[kind]:
            return f"Write {archive.moved_ids[kind][problem.value]}."
    name = word_meant(archive, one, problem.value)
    return f"Write {name}." if name else ""
