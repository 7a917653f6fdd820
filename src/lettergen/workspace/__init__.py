"""The files of a workspace → the model, with the line and column of every mistake."""
