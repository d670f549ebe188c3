"""Reading danger in a letter to the desk: which words, what they are a sign of.

A transparent lexicon (`consult/tables/crisis/`), never a score: whoever is on duty sees the words that were found. It stands on
the reader of the guide (folding, expressions, negation, past, who does what to whom) and reads more kinds of danger:
also hunger, somebody gone, somebody taken away. It errs to the side of a gentle card. It is ours, and no clinical test.
"""

from madobe.consult.rules.crisis.danger import Danger, Finding
from madobe.consult.rules.crisis.reading import read_danger

__all__ = ["Danger", "Finding", "read_danger"]
