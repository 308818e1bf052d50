"""What is measured: pure functions of the records of a run, each with its paper and its formula.

Three rules hold for all. A measure that does not apply to a question is None for it, and a mean
says how many questions it rests on. A question for which nothing was found or answered scores 0,
and is never left out. A question without an answer has no measure of retrieval or of answers:
whether it was refused is measured instead.
"""
