"""What becomes of the folder site/: build, pour, swap, pack, verify."""
