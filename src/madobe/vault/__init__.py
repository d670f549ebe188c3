"""Keys, and the words somebody keeps to come back: 合言葉."""
