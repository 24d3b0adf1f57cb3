"""Claims and articles in the forms of other tools; pure functions over the model."""
