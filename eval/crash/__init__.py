"""Kills a process that writes, again and again, and looks whether anything acknowledged is lost.

``python -m eval.crash --rounds 200`` exits with 1 if it is.
"""
