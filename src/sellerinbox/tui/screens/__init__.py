"""One screen a module; a screen composes widgets, owns state and asks the inbox."""
