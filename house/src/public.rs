//! What a user of the library can name: items that public paths lead to from the crate's root.

use std::collections::{BTreeMap, BTreeSet};

use crate::module::Kind;
use crate::names::Target;
use crate::paths::{Access, Import};
use crate::tree::Tree;

/// The public interface.
#[derive(Debug, Default)]
pub(crate) struct Interface {
    modules: BTreeSet<usize>,
    items: BTreeSet<Item>,
    /// Modules whose content is among the items.
    opened: BTreeSet<usize>,
}

/// What is counted once, however many paths lead to it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    /// Where it is defined; for a method its type.
    module: usize,
    /// With its type, for a method.
    name: String,
    /// None where a macro wrote it.
    kind: Option<Kind>,
}

impl Interface {
    /// Of the library, whose root is `lib.rs`; empty without one.
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut interface = Self::default();
        let is_library = |number: &usize| tree.file_of(*number) == "lib.rs";
        if let Some(root) = (0..tree.modules.len()).find(is_library) {
            interface.show(tree, root);
            // The root is the crate itself.
            interface.modules.remove(&root);
            interface.add_methods(tree);
        }
        interface
    }

    /// Public modules below the root.
    pub(crate) fn modules(&self) -> usize {
        self.modules.len()
    }

    /// Items of each kind.
    pub(crate) fn items(&self) -> BTreeMap<Option<Kind>, usize> {
        let mut counts = BTreeMap::new();
        for item in &self.items {
            *counts.entry(item.kind).or_default() += 1;
        }
        counts
    }

    fn show(&mut self, tree: &Tree, module: usize) {
        self.modules.insert(module);
        self.show_content(tree, module);
    }

    fn show_content(&mut self, tree: &Tree, module: usize) {
        if !self.opened.insert(module) {
            return;
        }
        let here = &tree.modules[module];
        for child in here.children.values() {
            if child.access == Access::Public {
                self.show(tree, child.module);
            }
        }
        for item in &here.items {
            if item.access == Access::Public {
                self.add(module, item.name.clone(), Some(item.kind));
            }
        }
        for import in &here.imports {
            if import.access == Access::Public {
                self.show_import(tree, module, import);
            }
        }
    }

    fn show_import(&mut self, tree: &Tree, module: usize, import: &Import) {
        match tree.resolve(module, &import.path) {
            // What `*` brings in is shown under this module's name.
            Some(Target::Module(of)) if import.name.is_none() => self.show_content(tree, of),
            Some(Target::Module(of)) => self.show(tree, of),
            Some(Target::Item { module, name }) => {
                let named = tree.modules[module]
                    .items
                    .iter()
                    .filter(|item| item.name == name);
                let mut kinds: Vec<Option<Kind>> = named.map(|item| Some(item.kind)).collect();
                if kinds.is_empty() {
                    kinds.push(None);
                }
                for kind in kinds {
                    self.add(module, name.clone(), kind);
                }
            }
            None => {}
        }
    }

    fn add(&mut self, module: usize, name: String, kind: Option<Kind>) {
        if kind != Some(Kind::Macro) {
            self.items.insert(Item { module, name, kind });
        }
    }

    fn add_methods(&mut self, tree: &Tree) {
        let types: BTreeSet<(usize, String)> = self
            .items
            .iter()
            .map(|item| (item.module, item.name.clone()))
            .collect();
        for (number, module) in tree.modules.iter().enumerate() {
            for method in &module.methods {
                let owner = match tree.resolve(number, &method.owner) {
                    Some(Target::Item { module, name }) => (module, name),
                    // A type that a macro wrote beside its methods.
                    _ => (number, method.owner.join("::")),
                };
                if types.contains(&owner) {
                    let (module, name) = owner;
                    self.add(
                        module,
                        format!("{name}::{}", method.name),
                        Some(method.kind),
                    );
                }
            }
        }
    }
}
