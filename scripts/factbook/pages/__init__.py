"""Record pages: one module for each kind of page, each a pure function from the archive to HTML."""
