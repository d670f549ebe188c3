"""Ways a word comes in and goes out besides the page itself: e-mail, LINE; each one small folder."""
