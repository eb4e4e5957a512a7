"""The words of the business and its rules: pure, standard library only."""
