"""The REST interface: it converts, calls a service, and answers."""
