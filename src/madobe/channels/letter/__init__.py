"""Letters on paper and notes at the door: the desk writes down that they came or went."""
