"""What is published for programs: one module for each export, all of them asking the same tables."""
