"""Two runs of the same questions: what changed, and whether chance would do as much."""
