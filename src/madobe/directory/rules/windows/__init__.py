"""Reading くらし支援ナビ (municipal windows): from bytes to services, plain values all the way."""
