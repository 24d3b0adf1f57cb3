"""The kernel, compiled: the same functions as in :mod:`app.reasoning.kernel`, several times faster.

Importing this takes a second and the first call of each function some more; what was compiled is
kept on disk beside the module, where that can be written.
"""

from numba import njit
from numba.extending import register_jitable

from app.reasoning import kernel

for _inner in (
    kernel.step_cost,
    kernel.turned,
    kernel.rests_of,
    kernel.with_ends,
    kernel.pull,
    kernel.push_back,
    kernel.count_out,
    kernel.count_into,
    kernel.levels_of,
    kernel.leads_there,
    kernel.new_pool,
    kernel.grown,
    kernel.before,
    kernel.push,
    kernel.pop,
    kernel.note_whole,
    kernel.is_too_dear,
    kernel.is_visited,
    kernel.lacks_via,
    kernel.add,
    kernel.expand,
):
    register_jitable(_inner)

_compile = njit(nogil=True, cache=True)

kin_ends = _compile(kernel.kin_ends)
fill_rests = _compile(kernel.fill_rests)
which_lead_there = _compile(kernel.which_lead_there)
best_paths = _compile(kernel.best_paths)
register_jitable(kernel.best_paths)
paths_each = _compile(kernel.paths_each)
