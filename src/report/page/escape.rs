//! Names as text: nothing that comes from data becomes markup. And what the content security policy asks for.

use std::fmt::{self, Display, Write};

use sha2::{Digest, Sha256};

/// A value as text of an element or of a quoted attribute.
///
/// The five characters that HTML reads are written as references; control characters, which no page may hold, are shown as
/// U+FFFD.
pub(super) fn text<T: Display>(value: T) -> Text<T> {
    Text(value)
}

/// See [`text`].
pub(super) struct Text<T>(T);

impl<T: Display> Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.write_str("&amp;")?,
                '<' => self.0.write_str("&lt;")?,
                '>' => self.0.write_str("&gt;")?,
                '"' => self.0.write_str("&quot;")?,
                '\'' => self.0.write_str("&#39;")?,
                '\n' | '\t' => self.0.write_char(' ')?,
                c if c.is_control() || ('\u{fdd0}'..='\u{fdef}').contains(&c) => {
                    self.0.write_char('\u{fffd}')?;
                }
                c => self.0.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A name from data: text of its own direction, so that a name written from right to left does not turn what follows.
pub(super) struct Name<'t>(pub(super) &'t str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<bdi>{}</bdi>", text(self.0))
    }
}

/// The source expression that lets one inline style or script through a content security policy.
pub(super) fn csp_hash(content: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(content.as_bytes())))
}

/// Base64 as in RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sextet in 0..4 {
            let index = (bits >> (18 - 6 * sextet)) & 63;
            let shown = sextet <= chunk.len();
            out.push(if shown {
                char::from(ALPHABET[index as usize])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_html_reads_is_a_reference() {
        assert_eq!(
            text("<script>alert(\"1\" & '2')</script>").to_string(),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;"
        );
    }

    #[test]
    fn a_name_cannot_end_the_element_or_the_attribute_that_it_stands_in() {
        let hostile = "\" onload=x '--></title></style><![CDATA[";
        let shown = text(hostile).to_string();
        assert!(!shown.contains(['<', '>', '"', '\'']), "{shown}");
    }

    #[test]
    fn control_characters_are_shown_as_what_cannot_be_shown() {
        assert_eq!(
            text("a\0b\u{1b}c\u{85}").to_string(),
            "a\u{fffd}b\u{fffd}c\u{fffd}"
        );
        assert_eq!(text("two\nlines").to_string(), "two lines");
        assert_eq!(text("太原 名称").to_string(), "太原 名称");
    }

    #[test]
    fn the_hash_of_nothing_is_the_one_that_browsers_name() {
        assert_eq!(
            csp_hash(""),
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
        );
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        let vectors = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let encoded = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for (bytes, text) in vectors.iter().zip(encoded) {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
