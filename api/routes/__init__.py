"""One module a resource; each handler translates and delegates."""
