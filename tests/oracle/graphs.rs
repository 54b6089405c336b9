//! Exact shortest paths on abstract graphs: every small graph there is, and the plainest algorithm that solves them all.
//!
//! A search that is right on every graph of up to four nodes, with ties, free edges, missing edges and edges exactly as
//! long as the limit, has few places left to hide a mistake: the counterexamples to shortest-path code are small.

/// The cost of the best path for every ordered pair of nodes, `None` where there is no path; row = start, column = end.
///
/// Parallel arcs and loops are allowed. Costs are added in `u64`, so no sum of `u32` costs can overflow.
pub(crate) fn floyd_warshall(n: usize, arcs: &[(usize, usize, u32)]) -> Vec<Vec<Option<u64>>> {
    let mut best = vec![vec![None; n]; n];
    for (node, row) in best.iter_mut().enumerate() {
        row[node] = Some(0);
    }
    for &(from, to, cost) in arcs {
        best[from][to] = cheaper(best[from][to], Some(u64::from(cost)));
    }
    for via in 0..n {
        for from in 0..n {
            for to in 0..n {
                let detour = match (best[from][via], best[via][to]) {
                    (Some(first), Some(second)) => Some(first + second),
                    _ => None,
                };
                best[from][to] = cheaper(best[from][to], detour);
            }
        }
    }
    best
}

fn cheaper(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Every edge as two arcs, so that an undirected graph can go where arcs are expected.
pub(crate) fn both_ways(edges: &[(usize, usize, u32)]) -> Vec<(usize, usize, u32)> {
    edges
        .iter()
        .flat_map(|&(one, other, cost)| [(one, other, cost), (other, one, cost)])
        .collect()
}

/// Calls `f` with the edges of every undirected graph on `n` nodes: each of the n(n-1)/2 possible edges is absent or
/// has one of `weights`. Four nodes and four weights make 15,625 graphs.
pub(crate) fn each_undirected(n: usize, weights: &[u32], f: impl FnMut(&[(usize, usize, u32)])) {
    each_filling(&pairs(n, |one, other| one < other), weights, f);
}

/// Calls `f` with the arcs of every directed graph on `n` nodes: each of the n(n-1) possible arcs is absent or has one
/// of `weights`. Three nodes and four weights make 15,625 graphs.
pub(crate) fn each_directed(n: usize, weights: &[u32], f: impl FnMut(&[(usize, usize, u32)])) {
    each_filling(&pairs(n, |one, other| one != other), weights, f);
}

/// As [`each_undirected`], with a loop possible at every node too. Three nodes and four weights make 15,625 graphs.
pub(crate) fn each_undirected_with_loops(
    n: usize,
    weights: &[u32],
    f: impl FnMut(&[(usize, usize, u32)]),
) {
    each_filling(&pairs(n, |one, other| one <= other), weights, f);
}

/// As [`each_undirected`], with up to `copies` parallel edges between the same two nodes.
pub(crate) fn each_undirected_with_parallels(
    n: usize,
    copies: usize,
    weights: &[u32],
    f: impl FnMut(&[(usize, usize, u32)]),
) {
    let slots = pairs(n, |one, other| one < other).repeat(copies);
    each_filling(&slots, weights, f);
}

fn pairs(n: usize, wanted: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    (0..n)
        .flat_map(|one| (0..n).map(move |other| (one, other)))
        .filter(|&(one, other)| wanted(one, other))
        .collect()
}

/// Calls `f` once for every way to leave each slot empty or give it one of `weights`, counting like an odometer.
fn each_filling(
    slots: &[(usize, usize)],
    weights: &[u32],
    mut f: impl FnMut(&[(usize, usize, u32)]),
) {
    // The digit 0 is an empty slot, the digit d is weights[d - 1].
    let mut digits = vec![0_usize; slots.len()];
    let mut edges = Vec::with_capacity(slots.len());
    loop {
        edges.clear();
        for (&(one, other), &digit) in slots.iter().zip(&digits) {
            if digit > 0 {
                edges.push((one, other, weights[digit - 1]));
            }
        }
        f(&edges);
        let Some(place) = digits.iter().position(|&digit| digit < weights.len()) else {
            return;
        };
        digits[..place].fill(0);
        digits[place] += 1;
    }
}

#[test]
fn the_enumerators_visit_every_graph_exactly_once() {
    let weights = [0, 1, 2, 7];
    let mut seen = std::collections::HashSet::new();
    each_undirected(4, &weights, |edges| assert!(seen.insert(edges.to_vec())));
    assert_eq!(seen.len(), 15_625);
    seen.clear();
    each_directed(3, &weights, |arcs| assert!(seen.insert(arcs.to_vec())));
    assert_eq!(seen.len(), 15_625);
    seen.clear();
    each_undirected_with_loops(3, &weights, |edges| assert!(seen.insert(edges.to_vec())));
    assert_eq!(seen.len(), 15_625);
    let mut count = 0;
    each_undirected_with_parallels(2, 3, &weights, |_| count += 1);
    assert_eq!(count, 125, "three slots, five choices each, in every order");
    each_undirected(1, &weights, |edges| assert!(edges.is_empty()));
}

#[test]
fn floyd_and_warshall_agree_with_a_town_worked_out_by_hand() {
    // 0 --2-- 1 --2-- 2, a longer way 0 --5-- 2, a loop and a dearer parallel that never pay, and 3 on its own.
    let edges = [(0, 1, 2), (1, 2, 2), (0, 2, 5), (1, 1, 0), (0, 1, 9)];
    let best = floyd_warshall(4, &both_ways(&edges));
    assert_eq!(best[0], [Some(0), Some(2), Some(4), None]);
    assert_eq!(best[2], [Some(4), Some(2), Some(0), None]);
    assert_eq!(best[3], [None, None, None, Some(0)]);
    // Directed, the way back from 2 is gone.
    assert_eq!(floyd_warshall(4, &edges)[2], [None, None, Some(0), None]);
}

#[test]
fn costs_near_the_largest_u32_do_not_overflow() {
    let arcs = [(0, 1, u32::MAX), (1, 2, u32::MAX)];
    assert_eq!(
        floyd_warshall(3, &arcs)[0][2],
        Some(2 * u64::from(u32::MAX))
    );
}

#[test]
fn every_small_graph_obeys_the_triangle_inequality() {
    each_directed(3, &[0, 1, 2, 7], |arcs| {
        let best = floyd_warshall(3, arcs);
        for (from, via, to) in [(0, 1, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)] {
            if let (Some(first), Some(second)) = (best[from][via], best[via][to]) {
                assert!(best[from][to].is_some_and(|direct| direct <= first + second));
            }
        }
    });
}
