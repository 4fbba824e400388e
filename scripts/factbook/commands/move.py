"""``factbook move``: give a record or a word another id."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import rename, revise
from factbook.authoring.errors import CommandError
from factbook.commands import shared_archive, shared_completion, shared_ids, shared_options

HELP = "give a record or a word another id; the old one leads to it"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    old = parser.add_argument("id", metavar="OLD", help="the id so far")
    shared_completion.completed(old, shared_completion.ids(*shared_ids.KINDS))
    parser.add_argument("new", metavar="NEW", help="the id from now on")
    shared_ids.add_kind(parser)
    shared_options.add_reason(parser)


def run(options: Namespace) -> int:
    """Rename it, leave a redirect and rewrite what names it. Raises CommandError."""
    archive = shared_archive.read_checked(options)
    kind = shared_ids.kind_of(archive, options.id, options.kind)
    if kind == "fact":
        read = shared_archive.reader(options)
        old = revise.known_fact(archive, options.id)
        files = {path: read(path) or b"" for path in revise.moved_files(archive, old)}
        entry = revise.entry(archive.today, revise.withdrawn(archive), options.reason)
        wanted = revise.move(archive, files, old, options.new, entry)
        path = archive.statements[old].path
        wanted += rename.waived(read, archive, path, f"{path.rpartition('/')[0]}/{options.new}.yaml")
    else:
        if problem := revise.wrong_id(options.new, rename.taken(archive, kind)):
            raise CommandError(revise.problem_text(problem))
        wanted = rename.move(shared_ids.step(options, archive, kind, options.id, options.new))
    shared_archive.write_checked(options, archive, wanted)
    shared_ids.print_changes(options.root, wanted, kind, options.id)
    return 0
