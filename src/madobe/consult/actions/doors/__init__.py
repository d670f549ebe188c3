"""What comes and goes by other ways than the window: e-mail, LINE, telephone, paper, meeting."""
