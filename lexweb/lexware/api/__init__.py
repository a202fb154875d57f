"""One file per endpoint family: the shapes and the calls."""
