"""The work on the folder site/: build, pour, swap, pack, verify."""
