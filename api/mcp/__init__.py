"""The Model Context Protocol: language models ask the articles, and cite their very words."""
