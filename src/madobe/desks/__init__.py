"""Who consults for which area: desks, their hours, what they promise and keep, who is on duty."""
