"""What a contributor's commands do to records: ask, write, change, fix, explain."""
