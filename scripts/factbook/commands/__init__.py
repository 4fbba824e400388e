"""The subcommands of ``factbook``, one module each.

Every module has the name of its command, ``HELP`` (one line for the list of commands), ``add(parser)``, which declares
its options, and ``run(options)``, which returns the exit status: 0 for success, 1 where the archive has problems, 2 for
wrong usage. The modules whose names end in ``_options`` or begin with ``shared`` hold what several commands use.
"""
