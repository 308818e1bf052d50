"""Is it any good? Training of the weights, measures, benchmarks."""
