//! Paths as they are written: in `use`, in code, in what macros are given.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Path, UseTree, Visibility};

/// One name that a `use` brings in.
#[derive(Debug)]
pub(crate) struct Import {
    /// None for a `*`.
    pub(crate) name: Option<String>,
    pub(crate) path: Vec<String>,
    pub(crate) access: Access,
    pub(crate) line: usize,
}

/// Who sees something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Private,
    /// `pub(crate)`, `pub(super)`, `pub(in ...)`.
    Crate,
    Public,
}

impl Access {
    pub(crate) fn from_visibility(visibility: &Visibility) -> Self {
        match visibility {
            Visibility::Public(_) => Self::Public,
            Visibility::Restricted(_) => Self::Crate,
            Visibility::Inherited => Self::Private,
        }
    }
}

/// The names that a tree of `use` brings in, `path` being what stands before it.
pub(crate) fn imports(tree: &UseTree, mut path: Vec<String>, access: Access) -> Vec<Import> {
    let import = |name: Option<String>, path: Vec<String>, at: proc_macro2::Span| {
        vec![Import {
            name,
            path,
            access,
            line: at.start().line,
        }]
    };
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            imports(&inner.tree, path, access)
        }
        UseTree::Group(group) => group
            .items
            .iter()
            .flat_map(|inner| imports(inner, path.clone(), access))
            .collect(),
        UseTree::Glob(star) => import(None, path, star.star_token.spans[0]),
        UseTree::Name(name) => {
            push_unless_self(&mut path, &name.ident);
            import(path.last().cloned(), path, name.ident.span())
        }
        UseTree::Rename(rename) => {
            push_unless_self(&mut path, &rename.ident);
            import(Some(rename.rename.to_string()), path, rename.ident.span())
        }
    }
}

/// `use a::{self}` is `use a`.
fn push_unless_self(path: &mut Vec<String>, name: &proc_macro2::Ident) {
    if name != "self" || path.is_empty() {
        path.push(name.to_string());
    }
}

/// A path in code.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

impl Mention {
    /// None for what begins with `::`, which is another crate.
    pub(crate) fn from_path(path: &Path) -> Option<Self> {
        let first = path.segments.first()?;
        path.leading_colon.is_none().then(|| Self {
            path: path.segments.iter().map(|s| s.ident.to_string()).collect(),
            line: first.ident.span().start().line,
        })
    }

    /// A lower-case word alone is most often a variable.
    pub(crate) fn is_surely_an_item(&self) -> bool {
        let [word] = &self.path[..] else { return true };
        word.starts_with(char::is_uppercase)
    }
}

/// The paths among the tokens that a macro is given: the parser does not look into them.
pub(crate) fn in_tokens(tokens: TokenStream, found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    let mut after_dot = false;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => in_tokens(group.stream(), found),
            TokenTree::Ident(first) => {
                let mut path = vec![first.to_string()];
                while let Some(next) = next_segment(&tokens[at + 1..]) {
                    path.push(next);
                    at += 3;
                }
                let line = first.span().start().line;
                let mention = Mention { path, line };
                let is_named = mention.is_surely_an_item() || is_called(&tokens[at + 1..]);
                if is_named && !after_dot {
                    found.push(mention);
                }
            }
            _ => {}
        }
        // Fields and methods are no items of a file.
        after_dot = matches!(token, TokenTree::Punct(sign) if sign.as_char() == '.');
        at += 1;
    }
}

/// The word after `::`.
fn next_segment(rest: &[TokenTree]) -> Option<String> {
    match rest {
        [
            TokenTree::Punct(a),
            TokenTree::Punct(b),
            TokenTree::Ident(word),
            ..,
        ] if a.as_char() == ':' && b.as_char() == ':' => Some(word.to_string()),
        _ => None,
    }
}

fn is_called(rest: &[TokenTree]) -> bool {
    matches!(rest.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}
