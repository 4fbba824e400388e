"""Renders record pages: one module for each kind of page, each a pure function from a context and an id to a page."""
