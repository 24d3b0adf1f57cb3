"""What a view reads, by subject."""
