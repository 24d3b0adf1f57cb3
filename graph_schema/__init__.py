"""The typed graph in LinkML, and the generator of what is derived from it."""
