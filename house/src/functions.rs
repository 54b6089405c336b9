//! Functions: how long, and whether they take tuples.

use syn::{FnArg, Pat, Signature, Type};

use crate::lines::Part;

/// A function, method or method of a trait that has a body. Closures are part of the function around them.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) file: usize,
    /// Where `fn` stands.
    pub(crate) line: usize,
    pub(crate) part: Part,
    /// The parts of the largest tuple among its parameters, 0 without one.
    pub(crate) tuple: usize,
}

impl Function {
    pub(crate) fn new(file: usize, signature: &Signature, part: Part) -> Self {
        let tuple = signature.inputs.iter().map(tuple_of_parameter).max();
        Self {
            name: signature.ident.to_string(),
            file,
            line: signature.fn_token.span.start().line,
            part,
            tuple: tuple.filter(|parts| *parts >= 2).unwrap_or(0),
        }
    }
}

fn tuple_of_parameter(parameter: &FnArg) -> usize {
    match parameter {
        FnArg::Receiver(_) => 0,
        FnArg::Typed(typed) => tuple_of_type(&typed.ty).max(tuple_of_pattern(&typed.pat)),
    }
}

/// A tuple itself or a reference to one: a slice of pairs is a list, not a tuple of things.
fn tuple_of_type(ty: &Type) -> usize {
    match ty {
        Type::Tuple(tuple) => tuple.elems.len(),
        Type::Reference(reference) => tuple_of_type(&reference.elem),
        Type::Paren(paren) => tuple_of_type(&paren.elem),
        Type::Group(group) => tuple_of_type(&group.elem),
        _ => 0,
    }
}

fn tuple_of_pattern(pattern: &Pat) -> usize {
    match pattern {
        Pat::Tuple(tuple) => tuple.elems.len(),
        Pat::Reference(reference) => tuple_of_pattern(&reference.pat),
        Pat::Paren(paren) => tuple_of_pattern(&paren.pat),
        _ => 0,
    }
}

/// The smallest value that at least so many of a hundred do not exceed; 0 of none.
pub(crate) fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}
