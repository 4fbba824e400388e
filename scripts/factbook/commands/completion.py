"""``factbook completion``: what makes a shell complete commands, options and ids."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook import program

HELP = "print what makes bash, zsh or fish complete commands, options and ids"
SHELLS = ("bash", "zsh", "fish")


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(options: Namespace) -> int:
    """Print the script for the shell, to be read by it at its start."""
    from argcomplete.shell_integration import shellcode  # only who asks for it waits for it

    print(shellcode([program.NAME], shell=options.shell))
    return 0
