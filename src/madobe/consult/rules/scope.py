"""Which roles answer, and which of them look after a desk."""

COUNSELLOR, COORDINATOR = "counsellor", "coordinator"
ANSWERS = (COUNSELLOR, COORDINATOR)
