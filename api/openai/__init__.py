"""The OpenAI API's chat calls, so that any chat program made for them can ask the articles."""
