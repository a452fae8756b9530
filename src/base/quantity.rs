//! Numbers with the precision that their source printed.

use std::fmt;
use std::str::FromStr;

use super::Invalid;

/// The most significant digits that survive a double and a spreadsheet alike.
const MOST_DIGITS: usize = 15;

/// The most places by which an exponent may shift them, so that a number in full stays readable.
const GREATEST_EXPONENT: i32 = 15;

/// A finite number and the place of the last digit that was printed.
///
/// `62` stands for 61.5 to 62.5, `1.84e12` for 1.835e12 to 1.845e12.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quantity {
    value: f64,
    /// Power of ten of the last printed digit: 0 for `62`, -1 for `4.2`, 10 for `1.84e12`.
    place: i32,
}

impl Quantity {
    /// Makes a number that is known to a power of ten, and rounds it to that.
    pub fn to_place(value: f64, place: i32) -> Self {
        let value = rounded(value, place);
        Self { value, place }
    }

    /// Returns the number.
    pub fn value(self) -> f64 {
        self.value
    }

    /// Returns the power of ten of the last printed digit.
    pub fn place(self) -> i32 {
        self.place
    }

    /// Returns half a unit of the last printed digit: how far rounding may have moved the number.
    pub fn rounding(self) -> f64 {
        10f64.powi(self.place) / 2.0
    }

    /// Returns the number without the zeros at the end of its decimals.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let coarser = |place: &i32| {
            rounded(self.value, place + 1)
                .total_cmp(&self.value)
                .is_eq()
        };
        let shifts = (self.place..0).take_while(coarser).count();
        Self {
            place: self.place + i32::try_from(shifts).unwrap_or_default(),
            ..self
        }
    }

    /// Returns a number rounded down to a power of ten, or up.
    #[must_use]
    pub fn outwards(value: f64, place: i32, is_up: bool) -> Self {
        let nearest = Self::to_place(value, place);
        let half = 10f64.powi(place) / 2.0;
        // What is meant to be that number is not moved by its binary noise.
        let is_near = (nearest.value - value).abs() <= value.abs() * 1e-12;
        match is_up {
            _ if is_near => nearest,
            true if nearest.value < value => Self::to_place(value + half, place),
            false if nearest.value > value => Self::to_place(value - half, place),
            true | false => nearest,
        }
    }

    /// Returns `self / other` with one significant digit more than the shorter of the two has, three at least, so that it lies
    /// within what its rounding allows; `None` when it is no finite number, or one of them is zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let digits = self.digits()?.min(other.digits()?).max(2) + 1;
        let ratio = self.value / other.value;
        let place = magnitude(ratio)? - digits + 1;
        Some(Self::to_place(ratio, place))
    }

    /// Returns the number of significant digits; `None` for zero.
    fn digits(self) -> Option<i32> {
        Some((magnitude(self.value)? - self.place + 1).max(1))
    }

    /// Returns `self - other`, rounded to the coarser of the two: 62 and 58.35 differ by 4, for 62 may be 61.5.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::to_place(self.value - other.value, self.place.max(other.place))
    }
}

/// Returns the power of ten of the first digit; `None` for zero and what is not finite.
fn magnitude(value: f64) -> Option<i32> {
    let text = format!("{:e}", value.abs());
    let power = text.split_once('e')?.1.parse().ok()?;
    (value.is_normal()).then_some(power)
}

/// Rounds to a power of ten by way of decimal text, which leaves no binary noise behind.
fn rounded(value: f64, place: i32) -> f64 {
    let unit = 10f64.powi(place.max(0));
    let decimals = usize::try_from(-place).unwrap_or(0);
    let text = format!("{:.decimals$}", value / unit);
    // Adding zero turns -0 into 0.
    text.parse::<f64>().map_or(value, |rounded| rounded * unit) + 0.0
}

/// Writes the number in full, as machines read it: no grouping, no exponent, no plus sign.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::try_from(-self.place).unwrap_or(0);
        // A number of more digits than a double holds ends in the zeros that were meant.
        let zeros = usize::try_from(self.place).unwrap_or(0);
        let digits = self.value / 10f64.powi(self.place.max(0));
        write!(f, "{digits:.decimals$}")?;
        if digits.round() == 0.0 {
            return Ok(());
        }
        write!(f, "{:0<zeros$}", "")
    }
}

/// Makes a quantity that is known to the unit: a count.
impl From<u32> for Quantity {
    fn from(count: u32) -> Self {
        Self {
            value: f64::from(count),
            place: 0,
        }
    }
}

impl FromStr for Quantity {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let invalid = || hint_for(text);
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| invalid())?)
            }
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(invalid());
        }
        let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
        if digits > MOST_DIGITS || exponent.abs() > GREATEST_EXPONENT {
            return Err(Invalid::new(
                "a number of at most 15 digits, its exponent at most 15",
            ));
        }
        let decimals = unsigned
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let value: f64 = text.parse().map_err(|_| invalid())?;
        let decimals = i32::try_from(decimals).map_err(|_| invalid())?;
        Ok(Self {
            value: value + 0.0,
            place: exponent - decimals,
        })
    }
}

/// Finds out why a text is not a number, to say how to mend it.
fn hint_for(text: &str) -> Invalid {
    let invalid = Invalid::new("a number");
    if text.contains('%') {
        invalid.hint("leave out `%`: the unit stands with the metric")
    } else if text.contains(',') {
        invalid.hint("use `.` for decimals and no grouping: 1234.5")
    } else if text.starts_with(['<', '>', '~', '+', '≈', '≤', '≥']) || text.contains([' ', '('])
    {
        invalid.hint("put the hedge in column `relation` and the wording in `printed`")
    } else {
        invalid.hint("write 62, 4.2 or 1.84e12")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_the_printed_precision() {
        for (text, full, place, rounding) in [
            ("62", "62", 0, 0.5),
            ("-4.20", "-4.20", -2, 0.005),
            ("1.84e12", "1840000000000", 10, 0.5e10),
            ("260.3e6", "260300000", 5, 0.5e5),
            ("0", "0", 0, 0.5),
            ("0.1", "0.1", -1, 0.05),
            ("0e3", "0", 3, 500.0),
            (
                "999999999999999e15",
                "999999999999999000000000000000",
                15,
                0.5e15,
            ),
        ] {
            let quantity = quantity(text);
            assert_eq!(quantity.to_string(), full);
            assert_eq!(quantity.place(), place);
            assert!((quantity.rounding() - rounding).abs() <= rounding * 1e-12);
        }
    }

    #[test]
    fn subtracts_without_binary_noise() {
        assert_eq!(quantity("88.1").minus(quantity("86.3")).to_string(), "1.8");
        assert_eq!(quantity("62").minus(quantity("64")).to_string(), "-2");
        assert_eq!(quantity("62").minus(quantity("58.35")).to_string(), "4");
        assert_eq!(
            quantity("1.84e12").minus(quantity("1.234e12")).to_string(),
            "610000000000"
        );
        assert_eq!(quantity("41").minus(quantity("41.4")).to_string(), "0");
    }

    #[test]
    fn ratios_have_a_digit_more_than_the_shorter_number() {
        let over = |left: &str, right: &str| {
            let ratio = quantity(left).over(quantity(right));
            ratio.map_or("none".into(), |ratio| ratio.to_string())
        };
        assert_eq!(over("310e6", "260.3e6"), "1.191");
        assert_eq!(over("62", "58.35"), "1.06");
        assert_eq!(over("1", "24"), "0.0417");
        assert_eq!(over("1.84e12", "2"), "920000000000");
        assert_eq!(over("-6", "3.0"), "-2.00");
        assert_eq!(over("88", "86"), "1.02");
        assert_eq!(over("6", "0"), "none");
        assert_eq!(over("0", "6"), "none");
    }

    #[test]
    fn ends_are_rounded_outwards() {
        for (value, place, down, up) in [
            (1.234, -2, "1.23", "1.24"),
            (1.236, -2, "1.23", "1.24"),
            (-1.234, -2, "-1.24", "-1.23"),
            (0.15, -2, "0.15", "0.15"),
            (1_234.0, 2, "1200", "1300"),
            (0.000_017_23, -7, "0.0000172", "0.0000173"),
        ] {
            assert_eq!(
                Quantity::outwards(value, place, false)
                    .trimmed()
                    .to_string(),
                down,
                "{value}"
            );
            assert_eq!(
                Quantity::outwards(value, place, true).trimmed().to_string(),
                up,
                "{value}"
            );
        }
    }

    #[test]
    fn rounding_leaves_no_zeros_at_the_end() {
        for (value, place, text) in [
            (-3.0, -1, "-3"),
            (2.71429, -2, "2.71"),
            (3.0001, -2, "3"),
            (120.0, 0, "120"),
            (1234.0, 2, "1200"),
        ] {
            assert_eq!(Quantity::to_place(value, place).trimmed().to_string(), text);
        }
    }

    #[test]
    fn refuses_hedges_and_says_where_they_belong() {
        for bad in [
            "",
            "64 (est.)",
            "+62",
            "1,5",
            "80%",
            "1e",
            "e5",
            ".5",
            "5.",
            "nan",
            "inf",
            "--1",
        ] {
            assert!(bad.parse::<Quantity>().is_err(), "{bad}");
        }
        assert!("1234567890123456".parse::<Quantity>().is_err());
        assert!("1e999".parse::<Quantity>().is_err());
        let hint = "64 (est.)".parse::<Quantity>().unwrap_err().hint.unwrap();
        assert!(hint.contains("relation"));
    }
}
