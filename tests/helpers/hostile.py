"""Hostile texts, and the small archive with one in every field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import yaml

import sites
from archives import BASE
from factbook.rules import claims
from factbook.rules.characters import unsafe_character

TEXTS = (
    # markup, scripts, ends of what they may stand in
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>", "</textarea></style></noscript></iframe><b>", "<!--", "-->", "--!><b>", "]]>",
    "<![CDATA[", "<?php echo 1 ?>", "<!doctype html>", "</body></html>", "</main></article>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<style>*{}</style>",
    "<iframe src=javascript:alert(1)>", "<object data=//evil.example>", "<form action=//evil.example><input>",
    "<a href=//e>",
    "<plaintext>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<b", "<", ">", "<>", "< b>", "&",
    # quotes and character references
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", "` onmouseover=alert(1)", '">', "'>", '"', "'", "`", "\\",
    '\\"',
    "\\u003cscript\\u003e", "&lt;script&gt;", "&#60;b&#62;", "&#x3c;", "&amp;", "&ampamp;", "&nbsp", "&quot;", "&#0;",
    "%3Cb%3E",
    # addresses
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "//evil.example",
    "https://evil.example/", "file:///etc/passwd", "mailto:a@b.example", "../../../etc/passwd", "#main", "?q=1",
    # templates, Markdown, replacement patterns
    "{{7*7}}", "{{ archive }}", "{% include 'fact.html' %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0}", "{f}",
    "%s", "%(f)s",
    "\\1", "\\g<0>", "$1", "**bold**", "_it_", "# heading", "- item", "[a](javascript:alert(1))",
    "![a](//evil.example/x)",
    "[[wiki]]", "| a | b |", "---", "```", "    code", "<https://evil.example>", ":smile:", "{: .class }", "--8<-- 'x'",
    # what the pouring itself looks for
    "factbook-title", "factbook-description", "facts/_record.html", '<div data-factbook="record"></div>',
    '<div data-factbook="rules"></div>', '<div data-factbook="nothing"></div>',
    '<!--factbook site_url="//evil.example"-->',
    '<a href="https://evil.example/">', "]);alert(1)//", "factbookSearch(0,0,0)",
    # formulas, commands, controls that a text may hold
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"//evil.example\")", "\t=1+1", "::error file=x::y",
    "%0A::set-output name=a::b",
    "$(touch x)", "; touch x", "| touch x", "&& touch x", "a\nb", "a\n\n<b>\n", "\n", "a\tb",
    # names that programs give a meaning
    "__proto__", "constructor", "toString", "null", "undefined", "NaN", "true", "None", "0", "unknown",
    # letters
    "Қазақстан", "السلام عليكم", "שלום", "𝕏", "👩\u200d🚒", "e\u0301", "ﬁ", "ı", "İ", "ß", "\u00a0", "\u3000", "\ufdd0",
    "\U0001fffe",
)  # fmt: skip
"""Texts of an attacker, each of which is tried in every field."""

SLOT = re.compile(r"[Tt]ok(\d+)en")
CODES = sites.TRANSLATED
"""The languages of the site besides that of the claims."""


class Slots:
    """The text fields of the small archive, in order. ``text`` returns what to put into a field, by its kind and
    number."""

    def __init__(self, text: Callable[[str, int], str]) -> None:
        self.text, self.names = text, []

    def put(self, name: str) -> str:
        """Add a field, and return the text to put into it."""
        self.names.append(name)
        return self.text(kind_of(name), len(self.names) - 1)

    def record(self, kind: str, value: dict) -> dict:
        """Return a record of the example archive with a text in every field that can have one."""
        about = {"source": "source", "organization": "organization"}.get(kind, kind)
        if kind == "fact":
            value["claim"] = self.put("fact claim")
            value["speaker"] = self.put("fact speaker")
            value["translations"] = [
                {
                    "language": code,
                    "claim": self.put("fact translations claim"),
                    "original": self.put("fact translations original"),
                }
                for code in ("fr", *CODES)
            ]
            value.setdefault("relations", [{"narrows": "board-denied-keeper-left-1903"}])
        if kind == "organization":
            for field in ("names", "acronyms"):
                entries = value.setdefault(field, [{"text": "", "language": "fr"}])
                entries += [{"text": "", "language": code} for code in CODES]
                for entry in entries:
                    entry["text"] = self.put(f"organization {field} text")
            value["description"] = self.put("organization description")
            value["website"] = self.put("organization website")
        if kind == "source":
            value["title"], value["publisher"] = self.put("source title"), self.put("source publisher")
            value["ownership"] = self.put("source ownership")
            value["authors"] = [self.put("source authors"), self.put("source authors")]
            value["url"], value["archive_url"] = self.put("source url"), self.put("source archive_url")
        if kind == "search":
            value["question"] = self.put("search question")
            for place in value["places"]:
                place["place"], place["words"] = self.put("search places place"), self.put("search places words")
        if kind == "question":
            value["question"], value["unknown"] = self.put("question question"), self.put("question unknown")
            for sentence in value.get("answer", ()):
                sentence["text"] = self.put("question answer text")
            for phrasing in value.setdefault("phrasings", [{"text": "", "language": "fr"}]):
                phrasing["text"] = self.put("question phrasings text")
        if kind == "series":
            value["title"], value["description"] = self.put("series title"), self.put("series description")
            for cell in value["cells"]:
                cell["row"] = self.put("series cells row")
                if "text" in cell:
                    cell["text"] = self.put("series cells text")
        if kind in ("reply", "review"):
            value["by"], value["archive_url"] = self.put(f"{kind} by"), self.put(f"{kind} archive_url")
            said = "says" if kind == "reply" else "verdict"
            value[said] = self.put(f"{kind} {said}")
            if "url" in value:
                value["url"] = self.put(f"{kind} url")
        if kind not in ("redirect", "question"):
            value["note"] = self.put(f"{about} note")
        for reference in value.get("sources", ()):
            reference["locator"] = self.put(f"{about} sources locator")
            reference["note"] = self.put(f"{about} sources note")
            reference["fragment"] = self.put(f"{about} sources fragment")
        for revision in value.get("history", ()):
            revision["reason"] = self.put(f"{about} history reason")
        return value

    def words(self, vocabulary: dict) -> dict:
        """Return the vocabulary of the example archive with a text in every field of its words that can have one."""
        vocabulary["languages"] |= {code: {} for code in CODES}
        for name, words in vocabulary.items():
            proper = ("fr", *CODES, "also") if name in ("people", "countries") else ()
            proper += ("code",) if name == "countries" else ()
            inverse = ("inverse",) if name == "relations" else ()
            for word in words.values():
                for part in ("label", "meaning", *inverse, *proper):
                    word[part] = self.put(f"vocabulary {name} {part}")
        return vocabulary


def fill_records(root: Path, slots: Slots) -> None:
    """Put the texts of ``slots`` into every field of every record of the small archive at ``root``."""
    folders = {"records": "fact", "organizations": "organization", "sources": "source", "searches": "search"}
    folders |= {"questions": "question", "series": "series"}
    _fill(root, slots, folders)


def fill_judgements(root: Path, slots: Slots) -> None:
    """Put the texts of ``slots`` into every field of the replies and judgements of the small archive at ``root``."""
    _fill(root, slots, {"replies": "reply", "reviews": "review"})


def _fill(root: Path, slots: Slots, folders: dict[str, str]) -> None:
    """Put the texts of ``slots`` into every field of the records in ``folders``, whose kinds they give."""
    for folder, kind in folders.items():
        for path in sorted((BASE / folder).rglob("*.yaml")):
            value = yaml.load(path.read_bytes(), yaml.BaseLoader)
            record = slots.record("redirect" if "moved_to" in value else kind, value)
            made = root / "facts" / path.relative_to(BASE)
            made.write_text(json.dumps(record, ensure_ascii=False), "utf-8", "surrogatepass")


def fill_words(root: Path, slots: Slots) -> None:
    """Put the texts of ``slots`` into every field of every word of the vocabulary."""
    words = slots.words(yaml.load((BASE / "vocabulary.yaml").read_bytes(), yaml.BaseLoader))
    (root / "facts" / "vocabulary.yaml").write_text(json.dumps(words, ensure_ascii=False), "utf-8", "surrogatepass")


def filled(root: Path, text: Callable[[str, int], str]) -> list[str]:
    """Put ``text`` into every field of the small archive at ``root``; return the name of each field."""
    slots = Slots(text)
    fill_records(root, slots)
    fill_words(root, slots)
    fill_judgements(root, slots)
    return slots.names


def token(kind: str, slot: int) -> str:
    """Return a plain text for a field."""
    return {"claim": f"Tok{slot}en is told of Gull Rock.", "url": f"https://a.example/Tok{slot}en"}.get(
        kind, f"Tok{slot}en"
    )


def kind_of(name: str) -> str:
    """Return the kind of text that a field takes, by the name of the field."""
    if name in ("fact claim", "fact translations claim", "fact translations original"):
        return "claim"
    if name == "vocabulary source_kinds label":
        return "small"  # some pages show it in small letters
    if re.fullmatch(rf"vocabulary (people|countries) ({'|'.join(CODES)})", name):
        return "sorted"  # the pages of that language have them in the order of its alphabet
    return {"also": "also", "url": "url", "archive_url": "url", "website": "url", "fragment": "fragment"}.get(
        name.split()[-1], "line"
    )


def passes(kind: str, text: str) -> bool:
    """Return whether the rules allow a text in a field of that kind. The check itself decides again later."""
    if kind == "url" and not re.fullmatch(r"""https?://[^\s<>"\\^`{|}]+""", text):
        return False
    if kind == "claim":
        one = SimpleNamespace(claims="en", statements={"x": SimpleNamespace(claim=text, path="x", translations=())})
        if [*claims.claim_markup(one), *claims.claim_not_one_sentence(one)]:
            return False
    if kind == "fragment" and not (len(text) <= 60 and re.fullmatch(r"\S+( \S+){0,7}", text)):
        return False
    if kind == "also" and (";" in text or text != text.strip()):
        return False
    if kind == "small" and text != text.lower():
        return False
    return not SLOT.search(text) and not list(unsafe_character("x", text.encode("utf-8", "replace"), text))


def dealt(texts: Sequence[str], turn: int = 0) -> Callable[[str, int], str]:
    """Return a function that returns a hostile text for each field, in turn: the next that may stand there, with the
    number of the field, so that no two are equal. In an address it stands before a #: what follows names no document.

    A field for which there is none gets its token. Fields that a page sorts by their text have the same one, so that
    their numbers keep them in the order of the records.
    """

    def text(kind: str, slot: int) -> str:
        plain = token(kind, slot)
        first = turn + (0 if kind == "sorted" else slot)
        turned = (texts[(first + n) % len(texts)] for n in range(len(texts)))
        offered = (f"~{slot}{t}" if kind == "url" and "#" in t else f"{t}~{slot}" for t in turned)
        return next((t for t in (SLOT.sub(lambda _, o=o: o, plain) for o in offered) if passes(kind, t)), plain)

    return text
