"""One page that says how good the answers of a run are, and shows those that are not."""
