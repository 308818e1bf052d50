"""A run: every question of a collection asked once, and what came back written down."""
