//! Sentences: what a language file says of each variant of an error, and what can stand in it.

use std::fmt;
use std::path::PathBuf;

use crate::text::language::{InLanguage, Language};

/// A sentence in a language: `sentence!(language, [Fault Unlocated] address = address)`.
macro_rules! sentence {
    ($language:expr, [$($key:ident)+] $($name:ident = $value:expr),* $(,)?) => {{
        let language = $language;
        match language {
            $crate::text::language::Language::En => format!(
                $crate::text::words::english!($($key)+)
                $(, $name = $crate::text::words::In($value, language))*
            ),
            $crate::text::language::Language::Zh => format!(
                $crate::text::words::chinese!($($key)+)
                $(, $name = $crate::text::words::In($value, language))*
            ),
        }
    }};
}
pub(crate) use sentence;

/// Has a type said by the sentences of the language files: `Display` in English, and [`InLanguage`].
///
/// Each variant has the fields that stand in its sentence. `field as f` puts in `f(field)`, and `with name = value` what is no
/// field.
macro_rules! sentences {
    (struct $type:ident
        $(($($item:ident $(as $of_item:expr)?),+))?
        $({ $($field:ident $(as $of_field:expr)?),+ })?
        $(with $name:ident = $value:expr)?
    ) => {
        impl $crate::text::language::InLanguage for $type {
            fn zh(&self) -> String {
                self.in_language($crate::text::language::Language::Zh)
            }

            fn in_language(&self, language: $crate::text::language::Language) -> String {
                let $crate::text::words::sentences!(
                    @pattern [Self] $(($($item)+))? $({ $($field)+ })?
                ) = self;
                $crate::text::words::sentence!(
                    language,
                    [$type]
                    $($($item = $crate::text::words::sentences!(@value $item $($of_item)?),)+)?
                    $($($field = $crate::text::words::sentences!(@value $field $($of_field)?),)+)?
                    $($name = &$value)?
                )
            }
        }

        $crate::text::words::shown_in_english!($type);
    };
    ($type:ident {
        $(
            $(#[$attribute:meta])*
            $variant:ident
                $(($($item:ident $(as $of_item:expr)?),+))?
                $({ $($field:ident $(as $of_field:expr)?),+ })?
                $(with $name:ident = $value:expr)?;
        )+
    }) => {
        impl $crate::text::language::InLanguage for $type {
            fn zh(&self) -> String {
                self.in_language($crate::text::language::Language::Zh)
            }

            fn in_language(&self, language: $crate::text::language::Language) -> String {
                match self {
                    $(
                        $(#[$attribute])*
                        $crate::text::words::sentences!(
                            @pattern [Self::$variant] $(($($item)+))? $({ $($field)+ })?
                        ) => $crate::text::words::sentence!(
                            language,
                            [$type $variant]
                            $($($item = $crate::text::words::sentences!(@value $item $($of_item)?),)+)?
                            $($($field = $crate::text::words::sentences!(@value $field $($of_field)?),)+)?
                            $($name = &$value)?
                        ),
                    )+
                }
            }
        }

        $crate::text::words::shown_in_english!($type);
    };
    (@pattern [$($path:tt)+]) => { $($path)+ { .. } };
    (@pattern [$($path:tt)+] ($($item:ident)+)) => { $($path)+($($item),+) };
    (@pattern [$($path:tt)+] { $($field:ident)+ }) => { $($path)+ { $($field,)+ .. } };
    (@value $field:ident) => { $field };
    (@value $field:ident $of:expr) => { &($of)($field) };
}
pub(crate) use sentences;

/// `Display` of what can be said in every language.
macro_rules! shown_in_english {
    ($type:ident) => {
        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&$crate::text::language::InLanguage::in_language(
                    self,
                    $crate::text::language::Language::En,
                ))
            }
        }
    };
}
pub(crate) use shown_in_english;

/// What can stand in a sentence.
pub(crate) trait Part {
    /// Writes it in a language.
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Something in a language, to be put into a sentence.
pub(crate) struct In<'a, T: ?Sized>(pub(crate) &'a T, pub(crate) Language);

impl<T: Part + ?Sized> fmt::Display for In<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(self.1, f)
    }
}

/// A part that is put together for each language.
pub(crate) struct Said<F>(pub(crate) F);

impl<F: Fn(Language) -> String> Part for Said<F> {
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&(self.0)(language))
    }
}

impl<T: InLanguage> Part for T {
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(language))
    }
}

/// Numbers and names, which are the same in every language.
macro_rules! plain_parts {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::text::words::Part for $type {
            fn write(
                &self,
                _: $crate::text::language::Language,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }
    )+};
}
pub(crate) use plain_parts;

plain_parts!(u32, u64, i64, usize, f64, &str, str, String);

impl Part for PathBuf {
    fn write(&self, _: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.display(), f)
    }
}

impl<T: fmt::Display> Part for [T] {
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = sentence!(language, [List Join]);
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(&join)?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

impl<T: fmt::Display> Part for &[T] {
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).write(language, f)
    }
}

impl<T: fmt::Display> Part for Vec<T> {
    fn write(&self, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().write(language, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_joined_as_its_language_does_and_numbers_keep_their_format() {
        let names = vec!["a", "b"];
        assert_eq!(In(&names, Language::En).to_string(), "a, b");
        assert_eq!(In(&names, Language::Zh).to_string(), "a、b");
        assert_eq!(format!("{:02}", In(&7_u32, Language::En)), "07");
    }
}
