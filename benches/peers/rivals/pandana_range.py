"""pandana's `nodes_in_range`: all stations in one call.

It gets seconds, which it counts in whole thousandths, and gives back seconds: rounded to milliseconds they must be ours.
(With milliseconds its contraction did not end.)
"""

import pandana
import pandas as pd

from .common import BOUND_MS, Case, Measured, Work, check_rows, peak_kb, timed

# It cuts off what is less than a thousandth: a quarter keeps a binary fraction from losing a whole one.
KEEPS_WHOLE = 0.25


def run(case: Case) -> Measured:
    arcs = case.arcs()
    lon, lat = pd.Series(case.places[:, 0]), pd.Series(case.places[:, 1])
    tail, head = pd.Series(arcs.tail), pd.Series(arcs.head)
    costs = pd.DataFrame({"s": (arcs.ms + KEEPS_WHOLE) / 1000})
    # Its contraction hierarchy.
    network, setup = timed(case.repeats, lambda: pandana.Network(lon, lat, tail, head, costs, twoway=False))
    reached, seconds = timed(case.repeats, lambda: network.nodes_in_range(case.stations, BOUND_MS / 1000))
    peak = peak_kb()
    row_of = {station: row for row, station in enumerate(case.stations)}
    rows = reached["source"].map(row_of).to_numpy()
    answers = check_rows(
        case, rows, reached["destination"].to_numpy(), reached["s"].to_numpy() * 1000, len(case.stations)
    )
    works = {"setup": Work(setup), "reach": Work(seconds, len(case.stations), answers)}
    return Measured(works, peak)
