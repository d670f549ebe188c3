"""How dates look where Django's own way would be misread. Plain Japanese follows Japanese."""
