"""What records are held to: each rule a function whose docstring is the rule, with its examples beside it."""

from factbook.rules import (  # noqa: F401 - each registers its rules, so that whoever uses one knows them all
    answers,
    characters,
    claims,
    dates,
    duplicates,
    evidence,
    figures,
    files,
    history,
    judgements,
    ledger,
    moved,
    pins,
    references,
    schema,
    sources,
    synonyms,
    waivers,
    words,
    yaml,
)
