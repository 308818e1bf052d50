"""How an index answers as it grows from a thousand passages to a hundred thousand.

``python -m eval.bench.scale`` writes invented articles, whose vectors are drawn around those of
real sentences: so many passages could not be embedded in an hour. The reader is off: what it reads
is as much whatever the size of the index.
"""
