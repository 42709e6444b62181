"""A video becomes a verdict: detectors, what they look at, and how good they are.

FAKE is 1 and REAL is 0 throughout; a score is P(fake), or an abstention with its reason.
"""
