//! What a path stands for, as far as the source says it.

use crate::tree::Tree;

/// How many imports of imports are followed: names that only look like a circle of imports end there.
const MOST_IMPORTS: usize = 8;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Module(usize),
    /// Something that is not a module, with the module that defines it.
    Item {
        module: usize,
        name: String,
    },
}

impl Tree {
    /// What a path means in a module. None for other crates' names, generic parameters and the prelude.
    pub(crate) fn resolve(&self, module: usize, path: &[String]) -> Option<Target> {
        self.follow(module, path, MOST_IMPORTS)
    }

    fn follow(&self, module: usize, path: &[String], imports: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" => Target::Module(self.root_of(module)),
            "self" => Target::Module(module),
            "super" => Target::Module(self.modules[module].parent?),
            name => self.member(module, name, rest.is_empty(), imports)?,
        };
        let mut at = start;
        for (number, name) in rest.iter().enumerate() {
            let Target::Module(inside) = at else {
                return Some(at);
            };
            let is_last = number + 1 == rest.len();
            at = match name.as_str() {
                "super" => Target::Module(self.modules[inside].parent?),
                // What is not found there, a macro wrote.
                name => self
                    .member(inside, name, is_last, imports)
                    .unwrap_or_else(|| Target::Item {
                        module: inside,
                        name: name.to_owned(),
                    }),
            };
        }
        Some(at)
    }

    /// A name in a module. Before another name it is a module first, at the end an item first: both may be there.
    fn member(&self, module: usize, name: &str, is_last: bool, imports: usize) -> Option<Target> {
        let here = &self.modules[module];
        let child = || {
            here.children
                .get(name)
                .map(|child| Target::Module(child.module))
        };
        let item = || {
            here.items
                .iter()
                .find(|item| item.name == name)
                .map(|_| Target::Item {
                    module,
                    name: name.to_owned(),
                })
        };
        let before = if is_last { None } else { child() };
        before
            .or_else(item)
            .or_else(|| self.imported(module, name, imports))
            .or_else(child)
    }

    fn imported(&self, module: usize, name: &str, imports: usize) -> Option<Target> {
        let fewer = imports.checked_sub(1)?;
        let here = &self.modules[module].imports;
        let by_name = here
            .iter()
            .filter(|import| import.name.as_deref() == Some(name))
            .find_map(|import| self.follow(module, &import.path, fewer));
        by_name.or_else(|| {
            let stars = here.iter().filter(|import| import.name.is_none());
            stars
                .filter_map(|star| self.follow(module, &star.path, fewer))
                .find_map(|target| match target {
                    Target::Module(of) if of != module => self.member(of, name, true, fewer),
                    _ => None,
                })
        })
    }
}
