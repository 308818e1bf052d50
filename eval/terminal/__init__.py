"""How figures look on a terminal."""
