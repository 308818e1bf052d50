"""Every door: HTTP, command line, Python client."""
