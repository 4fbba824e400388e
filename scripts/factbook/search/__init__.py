"""The search of a site: what can be found, under which keys, and the index that a browser reads.

``keys`` computes the keys that a text is found by, ``documents`` and ``written_pages`` list what can be found,
``index`` writes it. The browser's half is ``assets/search.js``; the two agree on the format that ``index`` writes and
on the folding.
"""
