//! One module, read once.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprCall, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, ItemUse, Lit,
    Macro, Meta, Path, TraitItemFn, Type,
};

use crate::functions::Function;
use crate::lines::Part;
use crate::module::{Kind, Method, Module, Named};
use crate::paths::{self, Access, Mention};
use crate::tests_only;

/// What a module holds, and what is to be read after it.
pub(crate) struct Survey<'a> {
    pub(crate) module: Module,
    pub(crate) functions: Vec<Function>,
    /// What is for tests alone.
    pub(crate) left_out: Vec<Part>,
    pub(crate) inner: Vec<&'a ItemMod>,
}

/// The survey of a module with these items.
pub(crate) fn of(items: &[Item], file: usize, parent: Option<usize>) -> Survey<'_> {
    let mut survey = Survey {
        module: Module {
            file,
            parent,
            children: BTreeMap::new(),
            items: Vec::new(),
            methods: Vec::new(),
            imports: Vec::new(),
            mentions: Vec::new(),
            written_by_macros: 0,
        },
        functions: Vec::new(),
        left_out: Vec::new(),
        inner: Vec::new(),
    };
    for item in items {
        if !tests_only::is_for_tests(tests_only::of_item(item)) {
            survey.note(item);
        }
        survey.visit_item(item);
    }
    survey
}

/// The file that `#[path = "..."]` names.
pub(crate) fn path_attribute(declared: &ItemMod) -> Option<String> {
    let named = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    declared.attrs.iter().find_map(named)
}

impl Survey<'_> {
    /// Notes an item of the module itself.
    fn note(&mut self, item: &Item) {
        let (name, kind, access) = match item {
            Item::Fn(item) => (
                &item.sig.ident,
                Kind::Function,
                Access::from_visibility(&item.vis),
            ),
            Item::Struct(item) => (
                &item.ident,
                Kind::Struct,
                Access::from_visibility(&item.vis),
            ),
            Item::Union(item) => (
                &item.ident,
                Kind::Struct,
                Access::from_visibility(&item.vis),
            ),
            Item::Enum(item) => (&item.ident, Kind::Enum, Access::from_visibility(&item.vis)),
            Item::Trait(item) => (&item.ident, Kind::Trait, Access::from_visibility(&item.vis)),
            Item::Const(item) => (&item.ident, Kind::Const, Access::from_visibility(&item.vis)),
            Item::Static(item) => (&item.ident, Kind::Const, Access::from_visibility(&item.vis)),
            Item::Type(item) => (&item.ident, Kind::Type, Access::from_visibility(&item.vis)),
            Item::Macro(item) => {
                let Some(name) = &item.ident else {
                    self.module.written_by_macros += 1;
                    return;
                };
                (name, Kind::Macro, Access::Private)
            }
            _ => return,
        };
        self.module.items.push(Named {
            name: name.to_string(),
            kind,
            access,
        });
    }

    fn note_methods(&mut self, item: &ItemImpl) {
        let Type::Path(owner) = &*item.self_ty else {
            return;
        };
        let Some(owner) = Mention::from_path(&owner.path) else {
            return;
        };
        for inner in &item.items {
            let (name, kind, visibility) = match inner {
                ImplItem::Fn(inner) => (&inner.sig.ident, Kind::Function, &inner.vis),
                ImplItem::Const(inner) => (&inner.ident, Kind::Const, &inner.vis),
                _ => continue,
            };
            let is_for_tests = tests_only::is_for_tests(tests_only::of_impl_item(inner));
            if Access::from_visibility(visibility) == Access::Public && !is_for_tests {
                let owner = owner.path.clone();
                self.module.methods.push(Method {
                    owner,
                    name: name.to_string(),
                    kind,
                });
            }
        }
    }

    fn add_function(&mut self, signature: &syn::Signature, whole: &impl Spanned) {
        let function = Function::new(self.module.file, signature, Part::new(whole));
        self.functions.push(function);
    }
}

impl<'a> Visit<'a> for Survey<'a> {
    fn visit_item(&mut self, item: &'a Item) {
        if tests_only::is_for_tests(tests_only::of_item(item)) {
            self.left_out.push(Part::new(item));
        } else {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        if tests_only::is_for_tests(tests_only::of_impl_item(item)) {
            self.left_out.push(Part::new(item));
        } else {
            visit::visit_impl_item(self, item);
        }
    }

    /// Its turn comes after this module.
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        self.inner.push(item);
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        if item.leading_colon.is_none() {
            let imports =
                paths::imports(&item.tree, Vec::new(), Access::from_visibility(&item.vis));
            self.module.imports.extend(imports);
        }
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if item.trait_.is_none() {
            self.note_methods(item);
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.add_function(&item.sig, item);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.add_function(&item.sig, item);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        if item.default.is_some() {
            self.add_function(&item.sig, item);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_path(&mut self, path: &'a Path) {
        let mention = Mention::from_path(path).filter(Mention::is_surely_an_item);
        self.module.mentions.extend(mention);
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        if let Expr::Path(function) = &*call.func {
            self.module
                .mentions
                .extend(Mention::from_path(&function.path));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        self.module.mentions.extend(Mention::from_path(&call.path));
        paths::in_tokens(call.tokens.clone(), &mut self.module.mentions);
    }

    /// What attributes name is not what the code uses.
    fn visit_attribute(&mut self, _: &'a Attribute) {}
}
