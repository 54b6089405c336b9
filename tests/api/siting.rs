//! Siting problems with published optima.

use std::fs;

use pedshed::control::Control;
use pedshed::id::ResidentId;
use pedshed::siting::{Amount, Problem, Reach, Site};
use pedshed::units::People;

/// Beasley's p-median problems (OR-Library), which are not part of the project.
const LIBRARY: &str = "../shared/data/or-library";

struct Median {
    sites: usize,
    /// By pair of nodes.
    distances: Vec<Vec<u32>>,
}

/// `n edges p`, then `from to cost`; the last cost of an edge counts, distances are shortest paths.
fn read(text: &str) -> Median {
    let mut numbers = text
        .split_whitespace()
        .map(|text| text.parse::<usize>().expect("a number"));
    let mut next = || numbers.next().expect("another number");
    let (nodes, edges, sites) = (next(), next(), next());
    let far = u32::MAX / 4;
    let mut distances = vec![vec![far; nodes]; nodes];
    for (node, row) in distances.iter_mut().enumerate() {
        row[node] = 0;
    }
    for _ in 0..edges {
        let (from, to, cost) = (next() - 1, next() - 1, next() as u32);
        distances[from][to] = cost;
        distances[to][from] = cost;
    }
    for by in 0..nodes {
        let row = distances[by].clone();
        for from in &mut distances {
            let first = from[by];
            for (distance, second) in from.iter_mut().zip(&row) {
                *distance = (*distance).min(first + second);
            }
        }
    }
    Median { sites, distances }
}

#[test]
fn published_optima_of_p_medians_are_reached_and_proven() {
    let Ok(optima) = fs::read_to_string(format!("{LIBRARY}/pmedopt.txt")) else {
        println!("skipped: the OR-Library is not here");
        return;
    };
    let mut count = 0;
    for line in optima.lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(Ok(optimum))) = (words.next(), words.next().map(str::parse::<u128>))
        else {
            continue;
        };
        let text = fs::read_to_string(format!("{LIBRARY}/{name}.txt")).expect("a problem");
        let Median { sites, distances } = read(&text);
        let nodes = distances.len();
        let rows = distances.iter().map(|row| {
            let row = row.iter().enumerate();
            row.map(|(resident, distance)| (ResidentId::new(resident), distance * 1000))
        });
        let reach = Reach::from_rows(nodes, rows).expect("walks");
        let problem = Problem::p_median(
            reach,
            vec![People::ONE; nodes],
            vec![Site::default(); nodes],
        );
        let problem = problem.expect("a problem").with_max_sites(sites);
        let siting = problem.solve(Control::default(), None).expect("an answer");
        // Thousandths of people times milliseconds.
        let expected = Amount::PeopleMilliseconds(optimum * 1_000_000);
        assert_eq!(
            (siting.objective, siting.bound),
            (expected, expected),
            "{name}"
        );
        count += 1;
    }
    assert_eq!(count, 20);
}
