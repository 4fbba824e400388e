"""The whole check of an archive: all rules in one run, waivers, and the report."""
