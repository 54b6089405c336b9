"""SciPy's bounded Dijkstra: `scipy.sparse.csgraph.dijkstra` with `limit`, fifty stations a call."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .common import BOUND_MS, Case, Measured, Numbers, Work, check_dense, in_threads, peak_kb, timed

# Each station's answer is a row over the whole network: fifty of them are 30 MB, a thousand 600.
STATIONS_A_CALL = 50


def run(case: Case) -> Measured:
    arcs = case.arcs()
    shape = (arcs.node_count, arcs.node_count)
    graph, setup = timed(
        case.repeats, lambda: csr_array((arcs.ms.astype(np.float64), (arcs.tail, arcs.head)), shape=shape)
    )
    calls = np.split(case.stations, range(STATIONS_A_CALL, len(case.stations), STATIONS_A_CALL))

    def search(stations: Numbers) -> Numbers:
        ms: Numbers = dijkstra(graph, indices=stations, limit=BOUND_MS)
        return ms

    def search_and_discard(stations: Numbers) -> None:
        search(stations)

    _, seconds = timed(case.repeats, lambda: in_threads(case.threads, search_and_discard, calls))
    peak = peak_kb()
    answers = check_dense(case, np.concatenate([search(stations) for stations in calls]))
    works = {"setup": Work(setup), "reach": Work(seconds, len(case.stations), answers)}
    return Measured(works, peak)
