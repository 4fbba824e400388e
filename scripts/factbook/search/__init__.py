"""The search of a site: what can be found, under which keys, and the index that a browser reads.

``keys`` turns a text into the keys it is found by, ``documents`` and ``written`` say what can be found, ``index``
writes it. The browser's half is ``assets/search.js``; the two agree through what ``index`` writes and the folding.
"""
