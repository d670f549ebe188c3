"""The desk: somebody writes without a name, keeps eight words, and is answered by a person."""
