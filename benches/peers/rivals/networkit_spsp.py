"""NetworKit's Dijkstra from many sources, `distance.SPSP`. It has no bound: each search covers the whole network."""

import networkit as nk
import numpy as np

from .common import Case, Measured, Numbers, Work, check_dense, peak_kb, timed

# Unbounded searches are slow and each keeps a row over the whole network.
STATIONS = 100


def run(case: Case) -> Measured:
    nk.setNumberOfThreads(case.threads)
    arcs = case.arcs()
    coo = (arcs.ms.astype(np.float64), (arcs.tail.astype(np.uint64), arcs.head.astype(np.uint64)))
    graph, setup = timed(
        case.repeats,
        lambda: nk.GraphFromCoo(coo, n=arcs.node_count, weighted=True, directed=True),
    )
    stations = case.stations[:STATIONS]

    def search() -> Numbers:
        engine = nk.distance.SPSP(graph, stations.tolist())
        engine.run()
        ms: Numbers = engine.getDistances(asarray=True)
        return ms

    ms, seconds = timed(case.repeats, search)
    peak = peak_kb()
    works = {"setup": Work(setup), "reach": Work(seconds, len(stations), check_dense(case, ms))}
    return Measured(works, peak, [f"NetworKit: no bound, {len(stations)} stations"])
