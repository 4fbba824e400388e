"""A larger archive of the Ferrow Isles, made up, for tests that the small one is too small for.

Every record passes the check without a problem, and the same records are made every time.
"""

from __future__ import annotations

import json
from pathlib import Path

from archives import archive, write

FACTS, LIGHTS, SOURCES, SEARCHES = 240, 24, 48, 12
_ISLES = "Gannet Heron Osprey Petrel Plover Curlew Dunlin Fulmar Merlin Pintail Shearwater Whimbrel".split()
_PLACES = ("Rock", "Point")
_DEEDS = (
    "was painted in {colour}", "got a {colour} lantern", "lost its {colour} flag", "bought a {colour} boat",
    "hung out a {colour} lamp", "sent for {number} barrels of oil", "counted {number} ships",
    "sounded its horn {number} times", "was struck by lightning, and {number} panes broke",
    "took in {number} sailors", "was without oil for {number} nights", "planted {number} potatoes",
)  # fmt: skip
_COLOURS = "white red black yellow green grey brown copper silver striped".split()
_TOPICS = ("lamps", "keepers", "storms")
_DATES = (
    "{y}-{m:02}-{d:02}",
    "{y}-{m:02}",
    "{y}",
    "{y}?",
    "{y}~",
    "{y}/{z}",
    "{y}-2{s}",
    "{y}-{m:02}-{d:02}~",
    "{y}/..",
)
_KINDS = ("primary", "official", "news", "news")
_WORDS = {
    "\nlanguages:\n": "\nlanguages:\n  ru: {label: Russian}\n  kk: {label: Kazakh}\n",
    "{label: Confirmed,": "{label: Confirmed, meaning: The register of lights says so.,",
    "{label: Primary record,": "{label: Primary record, meaning: Written down where it happened.,",
}
"""What the vocabulary of the small archive gets: two languages, and meanings to be read by pointing at a word."""
_TITLES = {"ru": "Тетрадь {n} о маяке", "kk": "Шамшырақ туралы {n} дәптер", "en": "Notebook {n} of {isle}"}
_OWN = {"ru": ("Маяк на скале Цапли", "МСЦ"), "kk": ("Құтан жартасының шамшырағы", "ҚЖШ")}
"""What one lighthouse, ``light(1)``, is called in two further languages: its name and its acronym."""
_CLAIMS = {"ru": "Маяк на скале Цапли заказал масло.", "kk": "Құтан жартасының шамшырағы май алдырды."}
"""The claim of ``fact(1)`` in two further languages."""
_EVIDENCE = {
    "confirmed": (("primary", "supports"),),
    "corroborated": (("news", "supports"), ("official", "supports")),
    "reported": (("news", "supports"),),
    "unreviewed": (("news", "supports"),),
    "disputed": (("news", "supports"), ("official", "contradicts")),
    "refuted": (("news", "supports"), ("primary", "contradicts")),
}
"""The evidence that each status needs: the kinds of sources, and what they say."""


def grown(root: Path) -> Path:
    """Lay out the small archive in the new folder ``root`` and add facts, organizations, sources and searches to it."""
    archive(root)
    vocabulary = (root / "facts" / "vocabulary.yaml").read_text("utf-8")
    for before, after in _WORDS.items():
        assert before in vocabulary
        vocabulary = vocabulary.replace(before, after)
    write(root, "vocabulary.yaml", vocabulary)
    for n in range(LIGHTS):
        write(root, f"organizations/{light(n)}.yaml", dumped(_organization(n)))
    for n in range(SOURCES):
        write(root, f"sources/{source(n)}.yaml", dumped(_source(n)))
    for n in range(FACTS):
        value = _fact(n)
        folder = value["date"][:4] if value["date"] != "unknown" else "undated"
        write(root, f"records/{folder}/{fact(n)}.yaml", dumped(value))
    for n in range(SEARCHES):
        write(root, f"searches/{light(n)}-{1900 + 10 * n}.yaml", dumped(_search(n)))
    return root


def dumped(value: dict) -> str:
    """Return a record as YAML, without its empty fields: JSON is YAML too."""
    return json.dumps({name: held for name, held in value.items() if held}, ensure_ascii=False, indent=1)


def light(n: int) -> str:
    """Return the id of a lighthouse."""
    return f"{_ISLES[n % 12]}-{_PLACES[n // 12]}-light".lower()


def source(n: int) -> str:
    """Return the id of a source."""
    return f"shelf-{n:02}-{_KINDS[n % 4]}"


def fact(n: int) -> str:
    """Return the id of a fact."""
    return f"{light(n % LIGHTS)}-fact-{n:03}"


def _name(n: int) -> str:
    """Return the name of a lighthouse."""
    return f"{_ISLES[n % 12]} {_PLACES[n // 12]} Light"


def _organization(n: int) -> dict:
    """Return the record of a lighthouse."""
    own = _OWN if n == 1 else {}
    return {
        "names": [
            {"text": _name(n), "language": "en"},
            *({"text": t, "language": code} for code, (t, _) in own.items()),
        ],
        "acronyms": [
            {"text": f"L{n:02}", "language": "en"},
            *({"text": t, "language": code} for code, (_, t) in own.items()),
        ],
        "kind": "light",
        "founded": str(1895 + n // 3),
        "part_of": ["league-of-lights"],
        "description": f"The lighthouse on {_name(n).removesuffix(' Light')}.",
    }


def _source(n: int) -> dict:
    """Return the record of a book on a shelf; what is official comes from the Board itself."""
    kind, language = _KINDS[n % 4], list(_TITLES)[n % 5 % 3]
    about = {"official": {"organization": "keepers-board"}, "primary": {"organization": "league-of-lights"}}
    return {
        "title": _TITLES[language].format(n=n, isle=_ISLES[n % 12]),
        "publisher": f"Printer {n % 7}",
        "published": str(1980 + n % 20),
        "language": language,
        "kind": kind,
        "url": f"https://shelf.example/{n}",
        **about.get(kind, {}),
    }


def _fact(n: int) -> dict:
    """Return the record of something that a lighthouse did, in one of many years, and with one of all statuses."""
    year, status = 1905 + n * 7 % 60, list(_EVIDENCE)[n * 5 % 11 % 6]
    form = "unknown" if n % 16 == 15 else _DATES[n % len(_DATES)]
    deed = _DEEDS[n * 5 % 12].format(colour=_COLOURS[n * 7 % 10], number=11 + n)
    shared = [light((n + step) % LIGHTS) for step in range(1 + (n % 5 < 2) + (n % 15 == 0))]
    if n % 6 == 3 and light(1) not in shared:
        shared.append(light(1))
    shelf = {kind: [m for m in range(SOURCES) if _KINDS[m % 4] == kind] for kind in set(_KINDS)}
    found = [(shelf[kind][n % len(shelf[kind])], stance) for kind, stance in _EVIDENCE[status]]
    day = f"2024-{1 + n % 12:02}-{1 + n % 28:02}"
    history = [{"date": day, "status": status, "reason": "Read on the shelf."}]
    if n % 4 == 0:
        history.append({"date": f"2025-{1 + n % 12:02}-{1 + n % 28:02}", "status": status, "reason": "Read again."})
    claim = f"{_name(n % LIGHTS)} {deed} in its {ordinal(n)} season."
    told = [{"language": code, "original": claim, "claim": text} for code, text in _CLAIMS.items()]
    return {
        "claim": claim,
        "date": form.format(y=year, z=year + 1 + n % 3, m=1 + n % 12, d=1 + n % 28, s=1 + n % 4),
        "kind": "event",
        "organizations": shared,
        "topics": [_TOPICS[n % 3], *([_TOPICS[(n + 1) % 3]] if n % 5 == 0 else [])],
        "people": ["ane-morrow"] if n % 9 == 0 else [],
        "countries": ["ferrow-isles"] if n % 6 == 0 else [],
        "sources": [{"source": source(m), "locator": f"page {n}", "stance": stance} for m, stance in found],
        "status": status,
        "history": history,
        "weight": "low" if n % 10 == 3 else "",
        "translations": told if n == 1 else [],
    }


def ordinal(n: int) -> str:
    """Return a number as a word that counts, such as ``21st``."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _search(n: int) -> dict:
    """Return the record of a search that found nothing."""
    return {
        "question": f"What happened on {_ISLES[n]} in the {1900 + 10 * n}s.",
        "organizations": [light(n)],
        "period": f"{190 + n}X",
        "places": [{"place": f"Shelf {n}"}],
        "searched": "2024-05-01",
        "outcome": "nothing-found",
    }
