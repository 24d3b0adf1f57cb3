"""What everything is: frozen types without input or output."""
