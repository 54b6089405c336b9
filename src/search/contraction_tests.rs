//! Contracted graphs against all shortest paths of the whole graph (Floyd and Warshall).

use super::*;
use crate::search::random::Random;

const FAR: u64 = u64::MAX / 4;

fn shortest_paths(node_count: usize, links: &[Link]) -> Vec<Vec<u64>> {
    let mut best = vec![vec![FAR; node_count]; node_count];
    for (node, row) in best.iter_mut().enumerate() {
        row[node] = 0;
    }
    for link in links {
        let [a, b] = link.ends.map(|end| end as usize);
        for (from, to, cost) in [(a, b, link.costs[0]), (b, a, link.costs[1])] {
            if cost != CLOSED {
                best[from][to] = best[from][to].min(u64::from(cost));
            }
        }
    }
    for via in 0..node_count {
        for from in 0..node_count {
            for to in 0..node_count {
                best[from][to] = best[from][to].min(best[from][via] + best[via][to]);
            }
        }
    }
    best
}

fn drawn_links(random: &mut Random, node_count: u32, count: u32) -> Vec<Link> {
    let mut links = Vec::new();
    for _ in 0..count {
        let ends = [random.below(node_count), random.below(node_count)];
        let mut cost = || {
            if random.below(8) == 0 {
                CLOSED
            } else {
                random.below(30)
            }
        };
        let costs = [cost(), cost()];
        if ends[0] != ends[1] {
            links.push(Link { ends, costs });
        }
    }
    links
}

#[test]
fn costs_over_the_core_and_its_anchors_are_those_of_the_whole_graph() {
    let mut random = Random(5);
    let mut taken_out = 0;
    for round in 0..3000 {
        let node_count = 2 + random.below(14);
        let link_count = random.below(2 * node_count + 3);
        let links = drawn_links(&mut random, node_count, link_count);
        let whole = shortest_paths(node_count as usize, &links);
        let contraction = Contraction::new(node_count as usize, links, Control::default())
            .expect("nobody cancels");
        let core = shortest_paths(node_count as usize, &contraction.links);
        for from in (0..node_count).filter(|node| contraction.is_core(*node)) {
            for to in 0..node_count {
                let over_core = |node: u32| core[from as usize][node as usize];
                let cost = match contraction.anchors(to) {
                    None => over_core(to),
                    Some(anchors) => {
                        taken_out += 1;
                        let near = anchors.iter().filter(|anchor| anchor.cost != CLOSED);
                        let costs =
                            near.map(|anchor| over_core(anchor.node) + u64::from(anchor.cost));
                        costs.min().unwrap_or(FAR)
                    }
                };
                let expected = whole[from as usize][to as usize];
                assert_eq!(
                    cost.min(FAR),
                    expected.min(FAR),
                    "round {round}: {from} to {to}"
                );
            }
        }
    }
    assert!(
        taken_out > 10_000,
        "the graphs have something to take out: {taken_out}"
    );
}

#[test]
fn nodes_of_the_core_have_three_neighbours_or_are_alone() {
    let mut random = Random(9);
    for _ in 0..500 {
        let links = drawn_links(&mut random, 30, 45);
        let contraction = Contraction::new(30, links, Control::default()).expect("nobody cancels");
        let mut neighbours = vec![std::collections::BTreeSet::new(); 30];
        for link in &contraction.links {
            let [a, b] = link.ends;
            assert!(neighbours[a as usize].insert(b), "no parallel links");
            neighbours[b as usize].insert(a);
        }
        for (node, near) in (0..).zip(&neighbours) {
            assert!(near.is_empty() || near.len() >= 3, "{node}: {near:?}");
            assert!(near.is_empty() || contraction.is_core(node));
        }
    }
}

#[test]
fn a_ladder_with_a_tail_contracts_as_worked_out_by_hand() {
    // Four corners, each linked to each, and a tail 0 - 4 - 5 that costs 7 and 2 out, 9 and 3 back.
    let both = |ends, cost| Link {
        ends,
        costs: [cost, cost],
    };
    let corners = [[0, 1], [1, 2], [2, 3], [3, 0], [0, 2], [1, 3]];
    let mut links: Vec<Link> = corners.map(|ends| both(ends, 10)).to_vec();
    links.push(Link {
        ends: [0, 4],
        costs: [7, 9],
    });
    links.push(Link {
        ends: [5, 4],
        costs: [3, 2],
    });
    let contraction = Contraction::new(6, links, Control::default()).expect("nobody cancels");
    assert_eq!(contraction.links.len(), 6);
    assert!((0..4).all(|node| contraction.is_core(node)));
    let at = |cost| [Anchor { node: 0, cost }, Anchor::NONE];
    assert_eq!(contraction.anchors(4), Some(&at(7)));
    assert_eq!(contraction.anchors(5), Some(&at(9)));
    assert_eq!(contraction.anchors(0), None);
}

#[test]
fn a_piece_so_long_that_sums_would_not_fit_stays_in_the_core() {
    let links = (0..8).map(|node| Link {
        ends: [node, node + 1],
        costs: [CLOSED / 8; 2],
    });
    let contraction =
        Contraction::new(9, links.collect(), Control::default()).expect("nobody cancels");
    let core = (0..9).filter(|node| contraction.is_core(*node)).count();
    assert!(core > 2, "{core}");
    for node in 0..9 {
        for anchor in contraction.anchors(node).into_iter().flatten() {
            assert!(anchor.cost == CLOSED || anchor.cost < CLOSED / 2);
        }
    }
}
