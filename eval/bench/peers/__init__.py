"""Others beside us: the same model, articles and questions, each with its own hybrid retrieval.

``python -m eval.bench.peers piaf.train+dev --data-dir DIR``. Each runs in a process of its own,
with its own Python where that is given: their newest versions need other libraries than we do.
"""
