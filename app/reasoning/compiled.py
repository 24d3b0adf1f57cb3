"""The kernel, compiled: the same functions as in :mod:`app.reasoning.kernel`, many times faster.

Importing this takes a second, and compiling some more; what was compiled is kept on disk under the
hash of its sources.
"""

from numba.extending import register_jitable

from app.reasoning import bounds, kernel, prefixes, via
from app.reasoning.compiling import compiler

for _inner in (
    bounds.step_cost,
    bounds.turned,
    bounds.rests_of,
    bounds.with_ends,
    bounds.extra_costs,
    bounds.pull,
    bounds.push_back,
    bounds.count_out,
    bounds.count_into,
    bounds.levels_of,
    bounds.may_follow,
    bounds.is_simple,
    bounds.leads_there,
    prefixes.new_pool,
    prefixes.grown,
    prefixes.before,
    prefixes.push,
    prefixes.pop,
    prefixes.note_whole,
    prefixes.is_too_dear,
    prefixes.is_visited,
    prefixes.add,
    via.lacks_via,
    kernel.expand,
    kernel.first_ceiling,
    kernel.paths_under,
):
    register_jitable(_inner)

_compile = compiler("kernel", bounds, prefixes, via, kernel)

kin_ends = _compile(bounds.kin_ends)
fill_rests = _compile(bounds.fill_rests)
hops_to = _compile(via.hops_to)
which_lead_there = _compile(bounds.which_lead_there)
best_paths = _compile(kernel.best_paths)
register_jitable(kernel.best_paths)
paths_each = _compile(kernel.paths_each)
