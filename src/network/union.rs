//! Which nodes are connected: a union-find whose roots are the smallest members.

/// Groups of connected indices.
#[derive(Clone, Debug)]
pub(crate) struct Union(Vec<u32>);

impl Union {
    /// Every index by itself.
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    /// Joins the groups of two indices.
    pub(crate) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    /// The smallest index of a group.
    pub(crate) fn root(&mut self, mut index: u32) -> u32 {
        while self.0[index as usize] != index {
            let parent = self.0[index as usize];
            self.0[index as usize] = self.0[parent as usize];
            index = self.0[index as usize];
        }
        index
    }
}
