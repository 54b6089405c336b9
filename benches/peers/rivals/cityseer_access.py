"""cityseer's accessibility: how many residents are within 1,200 m of every junction."""

import numpy as np
import shapely
from cityseer import rustalgos
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .common import (
    BOUND_MS,
    CLOSED,
    LEVEL_KMH,
    METRES,
    Case,
    Measured,
    Mismatch,
    Numbers,
    Work,
    once,
    peak_kb,
    timed,
)

# It adds single-precision metres where we add whole milliseconds.
TOLERANCE = 5e-4
LEAST_EQUAL = 0.99
MOST_MISPLACED = 1e-3
# The WGS84 ellipsoid.
EQUATOR_M = 6_378_137.0
ECCENTRICITY_2 = 0.006_694_379_990_14


def flat(case: Case, lon: Numbers, lat: Numbers) -> Numbers:
    """Metres east and north at the city's mean latitude; lengths of edges are corrected one by one afterwards."""
    middle = np.radians(case.places[:, 1].mean())
    flattened = 1.0 - ECCENTRICITY_2 * np.sin(middle) ** 2
    north = EQUATOR_M * (1.0 - ECCENTRICITY_2) / flattened**1.5
    east = EQUATOR_M / np.sqrt(flattened) * np.cos(middle)
    return np.column_stack([np.radians(lon) * east, np.radians(lat) * north])


def shapes(case: Case) -> list[shapely.LineString]:
    vertices = flat(case, case.numbers("shape_lon"), case.numbers("shape_lat"))
    starts = case.numbers("shape_start").astype(np.int64)
    edge_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return list(shapely.linestrings(vertices, indices=edge_of))


def is_street(case: Case, lines: list[shapely.LineString]) -> Numbers:
    """Which edges it is given: a loop is on no way between junctions, and a line without length is no shape."""
    lengths: Numbers = shapely.length(lines)
    kept: Numbers = (case.numbers("tail") != case.numbers("head")) & (lengths > 0.0)
    return kept


def build(case: Case, lines: list[shapely.LineString]) -> rustalgos.graph.NetworkStructure:
    network = rustalgos.graph.NetworkStructure()
    for node, (x, y) in enumerate(flat(case, case.places[:, 0], case.places[:, 1]).tolist()):
        network.add_street_node(str(node), x, y, True, 1.0)
    tail, head = case.numbers("tail").tolist(), case.numbers("head").tolist()
    costs = [case.numbers("along").tolist(), case.numbers("against").tolist()]
    for edge in np.flatnonzero(is_street(case, lines)).tolist():
        line = lines[edge]
        ways = [(tail[edge], head[edge], costs[0], line), (head[edge], tail[edge], costs[1], line.reverse())]
        for begin, end, cost, shape in ways:
            if cost[edge] != CLOSED:
                metres = max(cost[edge], 0.5) / 1000 * LEVEL_KMH / 3.6
                factor = metres / line.length
                network.add_street_edge(begin, end, edge, str(begin), str(end), shape.wkt, factor)
    network.build_edge_rtree()
    return network


def at_junctions(case: Case, network: rustalgos.graph.NetworkStructure) -> rustalgos.data.DataMap:
    people = rustalgos.data.DataMap()
    places = flat(case, case.places[:, 0], case.places[:, 1])[case.residents]
    for resident, (x, y) in enumerate(places.tolist()):
        people.insert(resident, f"POINT ({x!r} {y!r})")
    people.assign_data_to_network(network, 1.0, 20)
    return people


def misplaced(case: Case, people: rustalgos.data.DataMap) -> list[int]:
    """The residents that it puts on a street that is not of their junction: one that passes there, above or below."""
    junction_of = {f"int:{resident}": junction for resident, junction in enumerate(case.residents.tolist())}
    assigned = people.node_data_map.items()
    here = {entry[0] for node, entries in assigned for entry in entries if junction_of[entry[0]] == node}
    return [resident for resident, key in enumerate(junction_of) if key not in here]


def check(case: Case, lines: list[shapely.LineString], counts: Numbers, away: list[int]) -> str:
    """Junction by junction: every count is ours for some bound within the tolerance.

    A junction without a street of its network is on no way that it knows, and its count is no answer to the question. Whom it puts
    on another street it was not asked to count, and they are taken out of ours.
    """
    kept = is_street(case, lines)
    asked = np.zeros(len(counts), dtype=bool)
    for ends in ("tail", "head"):
        asked[case.numbers(ends)[kept]] = True
    to_away = ways_to(case, case.residents[away])
    theirs = np.rint(counts).astype(np.int64)[asked]

    def of_ours(name: str, scale: float) -> Numbers:
        bound = round(BOUND_MS * scale)
        counted = case.numbers(name).astype(np.int64) - np.count_nonzero(to_away <= bound, axis=0)
        return np.asarray(counted[asked])

    equal = np.mean(of_ours("accessibility", 1.0) == theirs)
    # Whoever stands just at the bound may be counted by one and not by the other.
    least = of_ours("accessibility_low", 1.0 - TOLERANCE)
    most = of_ours("accessibility_high", 1.0 + TOLERANCE)
    outside = np.count_nonzero((theirs < least) | (theirs > most))
    said = f"{equal:.2%} of {len(theirs):,} counts equal; {outside} are not those of any bound within {TOLERANCE:.2%} of ours"
    left_out = np.count_nonzero(~asked)
    if left_out:
        said += f"; {left_out} junctions are not in its network: without a street of a length, or with loops alone"
    if away:
        said += f"; {len(away)} residents that it puts on another street are not counted"
    if equal < LEAST_EQUAL or outside or len(away) > MOST_MISPLACED * len(case.residents):
        raise Mismatch(said)
    return said


def ways_to(case: Case, junctions: Numbers) -> Numbers:
    """Milliseconds from every junction to some, a row for each."""
    arcs = case.arcs()
    count = arcs.node_count
    against = csr_array((arcs.ms.astype(np.float64), (arcs.head, arcs.tail)), shape=(count, count))
    if not len(junctions):
        return np.empty((0, count))
    ways: Numbers = dijkstra(against, indices=junctions, limit=BOUND_MS * (1.0 + TOLERANCE))
    return ways


def run(case: Case) -> Measured:
    lines = shapes(case)
    network, setup = once(lambda: build(case, lines))
    people, assigned = once(lambda: at_junctions(case, network))
    away = misplaced(case, people)
    landuse = {resident: "home" for resident in range(len(case.residents))}
    landuse |= dict.fromkeys(away, "elsewhere")

    def access() -> Numbers:
        result = people.accessibility(
            network,
            landuse,
            ["home"],
            distances=[METRES],
            speed_m_s=LEVEL_KMH / 3.6,
            pbar_disabled=True,
        )
        by_row = np.asarray(result.result["home"].count[METRES])
        counts = np.empty(len(by_row))
        counts[np.asarray(result.node_indices)] = by_row
        return counts

    counts, seconds = timed(case.repeats, access)
    peak = peak_kb()
    works = {
        "setup": Work([setup[0] + assigned[0]]),
        "accessibility": Work(seconds, len(case.places), check(case, lines, counts, away)),
    }
    return Measured(works, peak)
