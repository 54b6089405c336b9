//! Sites that take only so many people, in an integer program: how many of each group go to each site.

use microlp::{ComparisonOp, Problem, Variable};

use crate::siting::asked::Asked;
use crate::siting::crowd::Crowd;

/// Who is served by which sites, in the numbers of a program.
#[derive(Clone, Copy)]
pub(super) struct Rooms<'a> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) crowd: &'a Crowd,
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
    /// `sites` are the candidates' variables. As many as can be are served, or at least so many.
    pub(super) fn add(&self, program: &mut Problem, sites: &[Variable], at_least: Option<i64>) {
        let roles = self.roles();
        let worth = if at_least.is_none() { 1.0 } else { 0.0 };
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
                let variable = program.add_var(worth, (0.0, most));
                if let Role::Candidate(number) = roles[site] {
                    let row = [(variable, 1.0), (sites[number], -most)];
                    program.add_constraint(row, ComparisonOp::Le, 0.0);
                }
                at_site[site].push((variable, 1.0));
                of_group.push((variable, 1.0));
            }
            all.extend_from_slice(&of_group);
            program.add_constraint(of_group, ComparisonOp::Le, group.people as f64);
        }
        for (site, mut row) in at_site.into_iter().enumerate() {
            let room = self.crowd.room(site) as f64;
            let most = match roles[site] {
                Role::Candidate(number) => {
                    row.push((sites[number], -room));
                    0.0
                }
                Role::Stands | Role::Absent => room,
            };
            program.add_constraint(row, ComparisonOp::Le, most);
        }
        if let Some(served) = at_least {
            program.add_constraint(all, ComparisonOp::Ge, served as f64);
        }
    }
}
