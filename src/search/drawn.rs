//! Drawn numbers for the tests of this room.

/// Numbers that look drawn; the same ones every time.
pub(super) struct Drawn(pub(super) u64);

impl Drawn {
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % bound
    }
}
