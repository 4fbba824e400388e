"""What goes out to the web and brings a page back, for ``factbook capture`` and the weekly look at links alone."""
