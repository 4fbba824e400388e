"""The work of a contributor's commands on records: ask, write, change, fix, explain."""
