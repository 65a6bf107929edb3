"""Of courses."""
