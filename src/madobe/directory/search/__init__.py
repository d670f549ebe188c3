"""Finding places by plain words, area and what matters: one question, one answer, whatever engine works behind."""
