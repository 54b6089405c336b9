//! Lines of code: those that hold a token which is no comment and no attribute.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// The numbers of the lines of one file that are code.
#[derive(Debug, Default)]
pub(crate) struct CodeLines(BTreeSet<usize>);

impl CodeLines {
    /// Of all that stands in a file. Documentation is an attribute to the parser.
    pub(crate) fn new(tokens: TokenStream) -> Self {
        let mut lines = Self::default();
        lines.add(tokens);
        lines
    }

    fn add(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    let is_inner = |next: &TokenTree| matches!(next, TokenTree::Punct(sign) if sign.as_char() == '!');
                    tokens.next_if(is_inner);
                    if tokens.next_if(is_brackets).is_none() {
                        self.add_span(sign.span());
                    }
                }
                TokenTree::Group(group) => {
                    self.add_span(group.span_open());
                    self.add(group.stream());
                    self.add_span(group.span_close());
                }
                other => self.add_span(other.span()),
            }
        }
    }

    /// A text over several lines is code on each of them.
    fn add_span(&mut self, span: Span) {
        self.0.extend(span.start().line..=span.end().line);
    }

    /// Leaves out what is only there for tests.
    pub(crate) fn leave_out(&mut self, part: Part) {
        self.0.retain(|line| !part.holds(*line));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// How many there are in a part of the file.
    pub(crate) fn count_in(&self, part: Part) -> usize {
        self.0.range(part.first..=part.last).count()
    }
}

fn is_brackets(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// From a line to a line of a file, both included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    first: usize,
    last: usize,
}

impl Part {
    /// What an item takes, its attributes included.
    pub(crate) fn new(item: &impl syn::spanned::Spanned) -> Self {
        let span = item.span();
        Self {
            first: span.start().line,
            last: span.end().line,
        }
    }

    fn holds(self, line: usize) -> bool {
        (self.first..=self.last).contains(&line)
    }
}
