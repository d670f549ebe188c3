"""Another time for every process of a product under test: Python looks for this file on PYTHONPATH when it starts.

TESTS_CLOCK_AHEAD: seconds from the machine's clock to the story's. The clock runs on from there; the product knows nothing of it.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["TESTS_CLOCK_AHEAD"]), tick=True).start()
