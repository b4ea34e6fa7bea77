//! Comparing texts quickly where it is done for each row.
//!
//! In the sandbox `==` of two texts goes byte by byte, which was a fifth of the time of a check that compares each row
//! with its neighbour.

/// Whether two texts are the same, eight bytes at a time.
#[must_use]
#[inline]
pub fn same_text(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (ones, ones_rest) = one.as_bytes().as_chunks::<8>();
    let (others, others_rest) = other.as_bytes().as_chunks::<8>();
    let words =
        ones.iter().zip(others).all(|(one, other)| u64::from_le_bytes(*one) == u64::from_le_bytes(*other));
    words && ones_rest.iter().zip(others_rest).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_as_equality() {
        let texts = [
            "",
            "a",
            "b",
            "ab",
            "ALFKI",
            "12345678",
            "12345679",
            "123456789",
            "123456780",
            "ёжик-ёжик-ёжик",
            "ёжик-ёжик-ёжиц",
        ];
        for one in texts {
            for other in texts {
                assert_eq!(same_text(one, other), one == other, "{one} {other}");
            }
        }
    }
}
