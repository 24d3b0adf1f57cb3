"""What a view reads, one module for each kind of thing."""
