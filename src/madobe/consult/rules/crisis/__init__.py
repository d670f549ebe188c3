"""Reading danger in a letter to the desk: which words, what they are a sign of.

A transparent lexicon (`consult/tables/crisis/`), never a score: whoever is on duty sees the words that were found. It stands on
the reader of the guide (folding, expressions, negation, past, who does what to whom) and reads more kinds of danger:
also hunger, somebody gone, somebody taken away. It errs to the side of a gentle card. It is ours, and no clinical test.

How well: in the last set of letters it had never seen (`tests/consult/data/crisis_unseen_c.yaml`: told mostly without the
plain words, calm ones chosen to look alike) it found 18 of 40 (45.0 %) and showed a card above 7 of 40 calm ones
(17.5 %). A later set of strangers' words, told mostly plainly (`crisis_unseen_d1.yaml`), gave 44 of 60
(73.3 %) and 9 of 60 (15.0 %) before it was mended on. It reads plain words well and hints poorly: a letter without a card must still be read by a person, soon.
"""

from madobe.consult.rules.crisis.danger import Danger, Finding
from madobe.consult.rules.crisis.reading import read_danger

__all__ = ["Danger", "Finding", "read_danger"]
