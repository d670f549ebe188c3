"""The counter of the office: somebody came, and the desk writes it down."""
