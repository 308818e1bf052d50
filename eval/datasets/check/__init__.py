"""Checks a set of questions: ``python -m eval.datasets.check ARTICLES QUESTIONS``."""
