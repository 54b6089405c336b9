//! The modules of the source, each with what it holds, imports and mentions.

use syn::{Item, ItemMod};

use crate::error::Error;
use crate::functions::Function;
use crate::lines::CodeLines;
use crate::module::{Child, Module};
use crate::paths::Access;
use crate::sources::{Sources, roots};
use crate::survey::{self, Survey};
use crate::tests_only::is_for_tests;

/// All of `src` that is not for tests alone.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) modules: Vec<Module>,
    pub(crate) functions: Vec<Function>,
}

/// A file that is compiled.
#[derive(Debug)]
pub(crate) struct SourceFile {
    pub(crate) name: String,
    pub(crate) lines: CodeLines,
}

impl Tree {
    /// Of all files that the crates' roots lead to.
    ///
    /// # Errors
    /// When a file is not understood or not there.
    pub(crate) fn new(sources: &Sources) -> Result<Self, Error> {
        let mut tree = Self::default();
        let roots = roots(sources);
        if roots.is_empty() {
            return Err(Error::NoRoot);
        }
        for root in roots {
            let folder = folder_of(&root).to_owned();
            Builder {
                sources,
                tree: &mut tree,
            }
            .file(&root, &folder, None)?;
        }
        Ok(tree)
    }

    /// The root of the crate that a module is in.
    pub(crate) fn root_of(&self, module: usize) -> usize {
        let mut at = module;
        while let Some(parent) = self.modules[at].parent {
            at = parent;
        }
        at
    }

    /// The name of the file that a module is in.
    pub(crate) fn file_of(&self, module: usize) -> &str {
        &self.files[self.modules[module].file].name
    }

    /// The lines of code of a function.
    pub(crate) fn length(&self, function: &Function) -> usize {
        self.files[function.file].lines.count_in(function.part)
    }
}

/// With a slash at its end, or empty.
fn folder_of(file: &str) -> &str {
    &file[..file.rfind('/').map_or(0, |slash| slash + 1)]
}

struct Builder<'a> {
    sources: &'a Sources,
    tree: &'a mut Tree,
}

impl Builder<'_> {
    /// Takes in a file; `folder` is where the files of its modules are.
    fn file(&mut self, name: &str, folder: &str, parent: Option<usize>) -> Result<usize, Error> {
        let text = self.sources.get(name).map_or("", String::as_str);
        let parse_error = |reason: &str, at: proc_macro2::Span| Error::Parse {
            file: name.to_owned(),
            line: at.start().line,
            reason: reason.to_owned(),
        };
        let tokens: proc_macro2::TokenStream = text
            .parse()
            .map_err(|reason: proc_macro2::LexError| parse_error("no Rust", reason.span()))?;
        let parsed: syn::File = syn::parse2(tokens.clone())
            .map_err(|reason| parse_error(&reason.to_string(), reason.span()))?;
        self.tree.files.push(SourceFile {
            name: name.to_owned(),
            lines: CodeLines::new(tokens),
        });
        self.module(&parsed.items, folder, self.tree.files.len() - 1, parent)
    }

    fn module(
        &mut self,
        items: &[Item],
        folder: &str,
        file: usize,
        parent: Option<usize>,
    ) -> Result<usize, Error> {
        let Survey {
            module,
            functions,
            left_out,
            inner,
        } = survey::of(items, file, parent);
        self.tree.functions.extend(functions);
        for part in left_out {
            self.tree.files[file].lines.leave_out(part);
        }
        let number = self.tree.modules.len();
        self.tree.modules.push(module);
        for declared in inner {
            if let Some(module) = self.inner(declared, folder, number)? {
                let access = Access::from_visibility(&declared.vis);
                let children = &mut self.tree.modules[number].children;
                children.insert(declared.ident.to_string(), Child { module, access });
            }
        }
        Ok(number)
    }

    /// A module that another declares; none for files of tests.
    fn inner(
        &mut self,
        declared: &ItemMod,
        folder: &str,
        parent: usize,
    ) -> Result<Option<usize>, Error> {
        let name = declared.ident.to_string();
        let inside = format!("{folder}{name}/");
        let file = self.tree.modules[parent].file;
        if let Some((_, items)) = &declared.content {
            return self.module(items, &inside, file, Some(parent)).map(Some);
        }
        if name.ends_with("_tests") || is_for_tests(&declared.attrs) {
            return Ok(None);
        }
        let declared_in = self.tree.files[file].name.clone();
        let candidates = match survey::path_attribute(declared) {
            Some(path) => vec![format!("{}{path}", folder_of(&declared_in))],
            None => vec![format!("{folder}{name}.rs"), format!("{inside}mod.rs")],
        };
        let found = candidates
            .into_iter()
            .find(|name| self.sources.contains_key(name));
        let found = found.ok_or(Error::NoFile {
            declared_in,
            module: name,
        })?;
        self.file(&found, &inside, Some(parent)).map(Some)
    }
}
