"""What an index costs as it grows: ``python -m eval.bench.growth ARTICLES --minutes 30``.

Adds real articles for some minutes and looks at memory meanwhile; then at the disk, at how long the
index takes to open, and at how long questions take in a new process.
"""
