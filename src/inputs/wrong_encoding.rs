//! What is said of a text that is in another encoding than was thought.

use super::watched::Watched;
use super::{Known, KnownBy};
use crate::text::language::{InLanguage, Words, words};

impl Watched<'_> {
    /// A text is not in the encoding that was said or found out, in words: what said it, what it seems to be, and which option
    /// names it for this file.
    pub(super) fn wrong_encoding(self, said: &Known<&str>, seems: Option<&str>) -> Words {
        let (encoding, option) = (said.value, self.encoding_option());
        let what = match said.by {
            KnownBy::Layer => words!(
                "the text is not {encoding}, as {option} says",
                "文本不是 {option} 所指的 {encoding}"
            ),
            KnownBy::General => words!(
                "the text is not {encoding}, as ‹encoding› says for all files",
                "文本不是 ‹encoding› 为各文件所指的 {encoding}"
            ),
            KnownBy::File => words!(
                "the text is not {encoding}, as the file says itself",
                "文本不是文件自身所声明的 {encoding}"
            ),
            _ => words!(
                "the text is neither UTF-8 nor plainly Chinese in GB18030",
                "文本既不是 UTF-8，也不能确认为 GB18030 中文"
            ),
        };
        let what_zh = what.zh();
        match seems.filter(|seems| *seems != encoding) {
            Some(seems) => words!(
                "{what}; it seems to be {seems}: give {option} {seems}, or save the file as UTF-8",
                "{what_zh}；看来是 {seems}：请写 {option} {seems}，或将文件另存为 UTF-8"
            ),
            None => words!(
                "{what}; name its encoding with {option}, or save the file as UTF-8",
                "{what_zh}；请用 {option} 指定编码，或将文件另存为 UTF-8"
            ),
        }
    }
}
