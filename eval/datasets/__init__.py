"""Question sets: the layouts they come in, and the names they are opened by."""
