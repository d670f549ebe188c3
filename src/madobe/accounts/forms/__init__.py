"""What people type at the door and about themselves; cleaned here, saved elsewhere."""
