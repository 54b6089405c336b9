//! What a prepared network file holds beside the network, one value after the other.

use geo_types::{Coord, LineString, Polygon};

use crate::geometry::{Location, is_on_earth};
use crate::network::PreparedError;
use crate::text::language::{InLanguage, Words};

/// Values on their way into a file.
#[derive(Debug, Default)]
pub(super) struct NotesWriter {
    pub(super) bytes: Vec<u8>,
}

impl NotesWriter {
    pub(super) fn number(&mut self, number: u64) {
        self.bytes.extend(number.to_ne_bytes());
    }

    pub(super) fn metres(&mut self, metres: f64) {
        self.number(metres.to_bits());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    pub(super) fn words(&mut self, words: &Words) {
        self.text(&words.to_string());
        self.text(&words.zh());
    }

    /// How many there are, and each of them.
    pub(super) fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(list.len() as u64);
        for item in list {
            write(self, item);
        }
    }

    pub(super) fn location(&mut self, location: Location) {
        self.bytes.extend(location.lon_e7.to_ne_bytes());
        self.bytes.extend(location.lat_e7.to_ne_bytes());
    }

    pub(super) fn polygon(&mut self, polygon: &Polygon<f64>) {
        let rings: Vec<&LineString<f64>> = std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .collect();
        self.list(&rings, |notes, ring| {
            notes.list(&ring.0, |notes, place| notes.place(*place));
        });
    }

    pub(super) fn place(&mut self, place: Coord<f64>) {
        self.metres(place.x);
        self.metres(place.y);
    }
}

/// Values on their way out of one. Whatever is not there as it should is [`PreparedError::Inconsistent`].
#[derive(Debug)]
pub(super) struct NotesReader<'a> {
    rest: &'a [u8],
}

type Read<T> = Result<T, PreparedError>;

impl<'a> NotesReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: u64) -> Read<&'a [u8]> {
        let count = usize::try_from(count).map_err(|_| wrong())?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(wrong)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Read<u64> {
        let bytes = self.take(8)?.try_into().map_err(|_| wrong())?;
        Ok(u64::from_ne_bytes(bytes))
    }

    pub(super) fn metres(&mut self) -> Read<f64> {
        self.number().map(f64::from_bits)
    }

    pub(super) fn text(&mut self) -> Read<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| wrong())
    }

    pub(super) fn words(&mut self) -> Read<Words> {
        let (en, zh) = (self.text()?, self.text()?);
        Ok(Words::new(en, zh))
    }

    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.number()?;
        // The list grows as items are found: a count alone makes no room.
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(read(self)?);
        }
        list.shrink_to_fit();
        Ok(list)
    }

    pub(super) fn location(&mut self) -> Read<Location> {
        let mut half = || -> Read<i32> {
            let bytes = self.take(4)?.try_into().map_err(|_| wrong())?;
            Ok(i32::from_ne_bytes(bytes))
        };
        let location = Location {
            lon_e7: half()?,
            lat_e7: half()?,
        };
        on_earth(location.degrees())?;
        Ok(location)
    }

    pub(super) fn place(&mut self) -> Read<Coord<f64>> {
        on_earth(Coord {
            x: self.metres()?,
            y: self.metres()?,
        })
    }

    pub(super) fn polygon(&mut self) -> Read<Polygon<f64>> {
        let mut rings = self.list(|notes| notes.list(Self::place).map(LineString::new))?;
        if rings.is_empty() {
            return Err(wrong());
        }
        let exterior = rings.remove(0);
        Ok(Polygon::new(exterior, rings))
    }

    /// That nothing is left.
    pub(super) fn end(&self) -> Read<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(wrong())
        }
    }
}

pub(super) fn wrong() -> PreparedError {
    PreparedError::inconsistent("the notes beside the network", "路网附注有误")
}

fn on_earth(place: Coord<f64>) -> Read<Coord<f64>> {
    if is_on_earth(place) {
        Ok(place)
    } else {
        Err(PreparedError::inconsistent(
            "a place that is not on the earth",
            "位置不在地球上",
        ))
    }
}
