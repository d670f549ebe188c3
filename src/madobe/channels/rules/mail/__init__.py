"""Reading letters that came by mail, however broken they are. Nothing here raises on what somebody sent."""
