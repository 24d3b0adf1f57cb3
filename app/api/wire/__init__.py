"""Shapes that REST alone has; all others are the model's."""
