//! What all of some numbers are multiples of.

/// The greatest number that divides all of them; 1 where there are none but 0.
pub(super) fn common_divisor(numbers: impl IntoIterator<Item = u64>) -> u64 {
    let mut divisor = 0;
    for number in numbers {
        divisor = greatest_divisor(divisor, number);
        if divisor == 1 {
            break;
        }
    }
    divisor.max(1)
}

fn greatest_divisor(mut one: u64, mut other: u64) -> u64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_divisor_is_common_to_all_and_none_is_larger() {
        for (numbers, divisor) in [
            (&[12, 18, 0, 30][..], 6),
            (&[7, 5], 1),
            (&[0, 0], 1),
            (&[], 1),
            (&[250], 250),
        ] {
            assert_eq!(
                common_divisor(numbers.iter().copied()),
                divisor,
                "{numbers:?}"
            );
        }
    }
}
