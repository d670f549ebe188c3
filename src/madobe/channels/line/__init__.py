"""LINE, by its Messaging API and official SDK.

A user id is where an answer can be sent. It is NEVER the key of a person: families share one phone. A person's LINE
and their thread belong together only when they say so.
"""
