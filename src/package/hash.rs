//! The hash of a file, by which a descriptor says that it is the right one.

use std::fmt::Write as _;
use std::io::{self, Read};

use md5::Md5;
use sha2::digest::Output;
use sha2::{Digest, Sha256};

/// Bytes that are read at a time.
const PIECE: usize = 1 << 16;

/// A way to make a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// MD5 (RFC 1321), which the standard takes where nothing is said.
    Md5,
    /// SHA-256 (FIPS 180-4).
    Sha256,
}

impl Hash {
    /// Splits what a descriptor says into the way and the digits; `None` for a way that is not known.
    pub fn split(declared: &str) -> Option<(Self, &str)> {
        match declared.split_once(':') {
            None => Some((Self::Md5, declared)),
            Some(("md5", digits)) => Some((Self::Md5, digits)),
            Some(("sha256", digits)) => Some((Self::Sha256, digits)),
            Some(_) => None,
        }
    }

    /// Makes the hash of what is read, in hexadecimal digits.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn of(self, from: &mut dyn Read) -> io::Result<String> {
        match self {
            Self::Md5 => digits::<Md5>(from),
            Self::Sha256 => digits::<Sha256>(from),
        }
    }
}

fn digits<D: Digest>(from: &mut dyn Read) -> io::Result<String> {
    let mut hasher = D::new();
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hasher.update(piece.get(..read).unwrap_or_default());
    }
    let hash: Output<D> = hasher.finalize();
    let mut digits = String::new();
    for byte in hash {
        // A String takes every write.
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 1321, A.5 and of FIPS 180-2, B.1 and B.3.
    #[test]
    fn hashes_are_those_of_the_standards() {
        let of = |hash: Hash, text: &str| hash.of(&mut text.as_bytes()).unwrap();
        assert_eq!(of(Hash::Md5, ""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(of(Hash::Md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            of(Hash::Sha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            of(Hash::Sha256, &"a".repeat(1_000_000)),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        );
    }

    #[test]
    fn the_way_stands_before_the_digits() {
        assert_eq!(Hash::split("12ab"), Some((Hash::Md5, "12ab")));
        assert_eq!(Hash::split("sha256:12ab"), Some((Hash::Sha256, "12ab")));
        assert_eq!(Hash::split("crc32:12ab"), None);
    }
}
