"""What a whole network does with an intervention: an ensemble of Boolean networks, run.

``wiring`` holds who acts on whom, ``draw`` gives every network its rules, ``dynamics`` runs a
network, ``trial`` tries interventions in one network and ``ensemble`` in all of them; ``sides``
says what decided there, and ``subgraph`` takes the part of a graph that matters to an outcome.
None of it touches a store.
"""
