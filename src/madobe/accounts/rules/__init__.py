"""What the door decides by."""
