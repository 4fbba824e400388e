"""The subcommands of ``factbook``."""
