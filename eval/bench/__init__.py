"""How fast Pullquote is, as ratios measured in one run: ``python -m eval.bench``."""
