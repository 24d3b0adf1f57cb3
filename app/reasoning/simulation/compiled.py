"""The runs, compiled: the same source as :func:`app.reasoning.simulation.dynamics.run`.

Importing this takes a second, and compiling another; what was compiled is kept on disk.
"""

from numba.extending import register_jitable

from app.reasoning.compiling import compiler
from app.reasoning.simulation import dynamics

for _inner in (dynamics.value_of, dynamics.count):
    register_jitable(_inner)

run = compiler("simulation", dynamics)(dynamics.run)
