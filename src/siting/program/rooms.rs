//! Sites that take only so many people, in an integer program: how many of each group go to each site.

use microlp::{ComparisonOp, Variable};

use super::model::{Aim, Model, Program};
use crate::siting::SitingError;
use crate::siting::asked::Asked;
use crate::siting::crowd::Crowd;
use crate::siting::crowded::{Choice, Least};
use crate::siting::watch::Watch;

/// Who is served by which sites, in the numbers of a program.
#[derive(Clone, Copy)]
pub(super) struct Rooms<'a> {
    asked: &'a Asked<'a>,
    crowd: &'a Crowd,
}

/// What a site of the problem is to the program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It may be chosen, by its number.
    Candidate(usize),
    Stands,
    /// It is ready too late.
    Absent,
}

impl Rooms<'_> {
    /// How many a choice serves, with the sites that stand.
    pub(super) fn served(&self, chosen: &[u32]) -> i64 {
        self.crowd.served(self.asked.sites_with(chosen))
    }

    /// By site of the problem.
    fn roles(&self) -> Vec<Role> {
        let problem = self.asked.problem;
        let mut roles = vec![Role::Absent; problem.sites.len()];
        for site in problem.standing() {
            roles[site.index()] = Role::Stands;
        }
        for (number, &site) in self.asked.candidates.iter().enumerate() {
            roles[site] = Role::Candidate(number);
        }
        roles
    }

    /// No group sends more people than it has, no site takes more than it can, and one that is not chosen takes nobody.
    pub(super) fn add(&self, made: &mut Program, aim: Aim<'_>) {
        let roles = self.roles();
        let worth = if matches!(aim, Aim::Most) { 1.0 } else { 0.0 };
        let mut at_site: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); roles.len()];
        let mut all = Vec::new();
        for group in self.crowd.groups() {
            let mut of_group = Vec::with_capacity(group.sites.len());
            for &site in &group.sites {
                let site = site as usize;
                let most = group.people.min(self.crowd.room(site)) as f64;
                if roles[site] == Role::Absent {
                    continue;
                }
                let variable = made.problem.add_var(worth, (0.0, most));
                if let Role::Candidate(number) = roles[site] {
                    let row = [(variable, 1.0), (made.sites[number], -most)];
                    made.problem.add_constraint(row, ComparisonOp::Le, 0.0);
                }
                at_site[site].push((variable, 1.0));
                of_group.push((variable, 1.0));
            }
            all.extend_from_slice(&of_group);
            made.problem
                .add_constraint(of_group, ComparisonOp::Le, group.people as f64);
        }
        for (site, mut row) in at_site.into_iter().enumerate() {
            let room = self.crowd.room(site) as f64;
            let most = match roles[site] {
                Role::Candidate(number) => {
                    row.push((made.sites[number], -room));
                    0.0
                }
                Role::Stands | Role::Absent => room,
            };
            made.problem.add_constraint(row, ComparisonOp::Le, most);
        }
        if let Aim::Least { weight, .. } = aim {
            made.problem
                .add_constraint(all, ComparisonOp::Ge, weight as f64);
        }
    }
}

/// The best choice and its bound: of people served, or of what it costs to serve so many.
pub(in crate::siting) fn best_in_rooms(
    asked: &Asked<'_>,
    crowd: &Crowd,
    least: Option<Least<'_>>,
    watch: &Watch<'_>,
) -> Result<Choice, SitingError> {
    let model = Model {
        clients: &[],
        limits: &asked.limits,
        floors: &[],
        aim: least.map_or(Aim::Most, |least| Aim::Least {
            prices: least.prices,
            weight: least.wanted,
        }),
        rooms: Some(Rooms { asked, crowd }),
    };
    let solved = model.solve(watch)?;
    Ok(Choice {
        chosen: solved.chosen,
        bound: solved.bound,
    })
}
