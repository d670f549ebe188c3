"""The directory in the words of HSDS 3.0 (Human Services Data Specification) and of our profile of it."""
