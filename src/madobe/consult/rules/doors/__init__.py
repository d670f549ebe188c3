"""By which ways somebody is reached, what may go out, what a letter that came in says."""
