"""What records are held to: each rule a function whose docstring is the rule, with its examples beside it."""
