"""Sites chosen by pedshed, by spopt with its default solver, and by HiGHS: the same walks, the same questions.

    pip install spopt highspy numpy
    python3 benches/peers/siting.py target/release/pedshed

Each town is drawn from a seed: residents and candidates in clusters, walks of 1.3 times the straight line at 4.8 km/h, in
milliseconds. pedshed reads them as a table and writes its answer, all of which is in its time; the others' time is that of
making their model of a matrix in memory, and of solving it. A time limit of 60 s holds for all.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import highspy
import numpy as np
import pulp
from spopt.locate import LSCP, MCLP, PCenter, PMedian

LIMIT_S = 60
CUTOFF_S = 900
CASES = [
    # problem, candidates, residents, sites
    ("set-cover", 100, 2_000, None),
    ("set-cover", 500, 3_000, None),
    ("max-coverage", 100, 2_000, 10),
    ("max-coverage", 500, 3_000, 10),
    ("p-median", 100, 400, 10),
    ("p-median", 200, 1_000, 10),
    ("p-center", 50, 200, 5),
    ("p-center", 100, 400, 10),
]


def town(seed, candidates, residents):
    """Seconds from every resident to every candidate, and everybody's people."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 6_000, (12, 2))
    spread = rng.uniform(200, 900, 12)

    def places(count):
        of = rng.integers(0, 12, count)
        return centres[of] + rng.normal(size=(count, 2)) * spread[of, None]

    homes, sites = places(residents), places(candidates)
    metres = 1.3 * np.linalg.norm(homes[:, None, :] - sites[None, :, :], axis=2)
    return np.round(metres / 4.8 * 3.6, 3), rng.integers(1, 50, residents)


def by_pedshed(binary, problem, seconds, people, sites):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with (folder / "walks.csv").open("w") as walks:
            walks.write("resident,station,seconds\n")
            for (resident, site), value in np.ndenumerate(seconds):
                walks.write(f"r{resident},s{site},{value:.3f}\n")
        lines = [f"r{resident},{count}" for resident, count in enumerate(people)]
        (folder / "people.csv").write_text("id,population\n" + "\n".join(lines) + "\n")
        call = [binary, "site", "--problem", problem, "--travel-times", folder / "walks.csv"]
        call += ["--residents", folder / "people.csv", "--out", folder / "out", "--quiet"]
        call += ["--time-limit", str(LIMIT_S)]
        if sites:
            call += ["--sites", str(sites)]
        started = time.perf_counter()
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        took = time.perf_counter() - started
        siting = json.loads((folder / "out" / "summary.json").read_text())["siting"]
        return siting["objective"], took, siting["proven"]


def by_spopt(problem, seconds, people, sites):
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=LIMIT_S)
    started = time.perf_counter()
    if problem == "set-cover":
        # Who has no candidate within the cutoff would make the problem impossible.
        model = LSCP.from_cost_matrix(seconds[(seconds <= CUTOFF_S).any(axis=1)], CUTOFF_S)
    elif problem == "max-coverage":
        model = MCLP.from_cost_matrix(seconds, people, CUTOFF_S, sites)
    elif problem == "p-median":
        model = PMedian.from_cost_matrix(seconds, people, sites)
    else:
        model = PCenter.from_cost_matrix(seconds, sites)
    try:
        model = model.solve(solver)
    except RuntimeError:
        # spopt says so where no choice was found in time.
        return None, time.perf_counter() - started, False
    took = time.perf_counter() - started
    return model.problem.objective.value(), took, model.problem.sol_status == 1


class Program:
    """An integer program for HiGHS, row by row."""

    def __init__(self, sense):
        self.costs, self.whole, self.most, self.sense = [], [], [], sense
        self.starts, self.columns, self.values = [0], [], []
        self.lower, self.upper = [], []

    def variable(self, cost, whole=False, most=1.0):
        self.costs.append(cost)
        self.whole.append(whole)
        self.most.append(most)
        return len(self.costs) - 1

    def row(self, columns, values, lower, upper):
        self.columns += columns
        self.values += values
        self.starts.append(len(self.columns))
        self.lower.append(lower)
        self.upper.append(upper)

    def solve(self):
        model = highspy.HighsLp()
        count = len(self.costs)
        model.num_col_, model.num_row_ = count, len(self.lower)
        model.col_cost_ = np.array(self.costs, dtype=float)
        model.col_lower_ = np.zeros(count)
        model.col_upper_ = np.array(self.most)
        model.row_lower_, model.row_upper_ = np.array(self.lower), np.array(self.upper)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts)
        model.a_matrix_.index_ = np.array(self.columns)
        model.a_matrix_.value_ = np.array(self.values, dtype=float)
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in self.whole]
        model.sense_ = self.sense
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("time_limit", float(LIMIT_S))
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.passModel(model)
        highs.run()
        status = highs.getModelStatus()
        return highs.getInfo().objective_function_value, status == highspy.HighsModelStatus.kOptimal


def by_highs(problem, seconds, people, sites):
    started = time.perf_counter()
    endless = highspy.kHighsInf
    residents, candidates = seconds.shape
    least = problem != "max-coverage"
    sense = highspy.ObjSense.kMinimize if least else highspy.ObjSense.kMaximize
    program = Program(sense)
    cost = 1.0 if problem == "set-cover" else 0.0
    chosen = [program.variable(cost, whole=True) for _ in range(candidates)]
    near = [np.flatnonzero(row <= CUTOFF_S).tolist() for row in seconds]
    if problem == "set-cover":
        for columns in filter(None, near):
            program.row(columns, [1.0] * len(columns), 1.0, endless)
    elif problem == "max-coverage":
        for resident, columns in enumerate(near):
            covered = program.variable(float(people[resident]))
            program.row([*columns, covered], [1.0] * len(columns) + [-1.0], 0.0, endless)
    else:
        longest = program.variable(1.0, most=endless) if problem == "p-center" else None
        for resident in range(residents):
            costs = seconds[resident] * people[resident] if problem == "p-median" else np.zeros(candidates)
            goes = [program.variable(float(value)) for value in costs]
            program.row(goes, [1.0] * candidates, 1.0, 1.0)
            for site in range(candidates):
                program.row([goes[site], chosen[site]], [-1.0, 1.0], 0.0, endless)
            if longest is not None:
                walks = (-seconds[resident]).tolist()
                program.row([*goes, longest], [*walks, 1.0], 0.0, endless)
    if sites:
        program.row(chosen, [1.0] * candidates, -endless, float(sites))
    objective, proven = program.solve()
    return objective, time.perf_counter() - started, proven


def shown(answer):
    objective, took, proven = answer
    if objective is None:
        return "none", f"{took:.2f}"
    return f"{objective:,.3f}".rstrip("0").rstrip(".") + ("" if proven else " (not proven)"), f"{took:.2f}"


def main():
    binary = sys.argv[1]
    print("| problem | candidates × residents | p | pedshed | s | spopt (CBC) | s | HiGHS | s |")
    print("|--|--|--|--|--|--|--|--|--|")
    for number, (problem, candidates, residents, sites) in enumerate(CASES):
        seconds, people = town(number, candidates, residents)
        answers = [
            by_pedshed(binary, problem, seconds, people, sites),
            by_spopt(problem, seconds, people, sites),
            by_highs(problem, seconds, people, sites),
        ]
        cells = [cell for answer in answers for cell in shown(answer)]
        print(f"| {problem} | {candidates} × {residents:,} | {sites or ''} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
