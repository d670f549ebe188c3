"""What the people who answer see."""
