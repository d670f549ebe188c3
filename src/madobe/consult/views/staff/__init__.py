"""`/staff/talk/`: what the people who answer see and do."""
