"""Reading claims out of a text: article and mentions in, candidate claims out."""
