"""Telephone, paper, e-mail, LINE and meeting, as those who answer see them."""
