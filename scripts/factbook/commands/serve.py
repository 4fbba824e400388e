"""``factbook serve``: a preview that follows every change."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from factbook.commands import shared_options

HELP = "show the site while you work on it, and what is wrong with the records over the page"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="where to listen (default: 8000)")
    parser.add_argument("--open", action="store_true", help="open it in a browser")
    shared_options.add_date(parser, "as for check")


def port(text: str) -> int:
    """Return the number of a port; 0 lets the system choose one. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise ArgumentTypeError(f"{text!r} is no port: a number below 65536, such as 8000")
    return int(text)


def run(options: Namespace) -> int:
    """Serve until interrupted; return 2 where the port is taken."""
    # These load the engine and every template: only who serves waits for that.
    from factbook.plugin import render
    from factbook.site import preview_server

    return preview_server.serve(options.root, options.port, render, options.open, options.date)
