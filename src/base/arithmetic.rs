//! Arithmetic of named values: `subscribers * daily-time-on-platform * 7 / 60`.

use std::str::FromStr;

use super::{Id, Invalid, Scalar, Text, Type, Value};

/// Deepest nesting of brackets that is read.
const DEEPEST: usize = 32;

/// A formula of ids, numbers, `+ - * /` and brackets; operators stand between blanks, for ids hold hyphens.
#[derive(Debug, Clone, PartialEq)]
pub struct Arithmetic {
    text: Text,
    root: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    Name(Id),
    Apply(char, Box<Node>, Box<Node>),
}

/// A range of numbers, its least and its greatest.
pub type Range = (f64, f64);

impl Arithmetic {
    /// Returns the names in it, each once, in the order written.
    pub fn names(&self) -> Vec<&Id> {
        let mut names = Vec::new();
        self.root.name(&mut names);
        names
    }

    /// Borrows the formula as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns every number that the formula may give when each name stands for a range of numbers (interval
    /// arithmetic, Moore 1966). `None` when a name has no range, or a divisor may be zero.
    pub fn range(&self, of: &dyn Fn(&Id) -> Option<Range>) -> Option<Range> {
        self.root.range(of)
    }
}

impl Node {
    fn name<'a>(&'a self, names: &mut Vec<&'a Id>) {
        match self {
            Self::Number(_) => {}
            Self::Name(id) if names.contains(&id) => {}
            Self::Name(id) => names.push(id),
            Self::Apply(_, left, right) => {
                left.name(names);
                right.name(names);
            }
        }
    }

    fn range(&self, of: &dyn Fn(&Id) -> Option<Range>) -> Option<Range> {
        let (operator, left, right) = match self {
            Self::Number(number) => return Some((*number, *number)),
            Self::Name(id) => return of(id),
            Self::Apply(operator, left, right) => (*operator, left, right),
        };
        let ((low, high), (least, most)) = (left.range(of)?, right.range(of)?);
        let ends = match operator {
            '+' => return Some((low + least, high + most)),
            '-' => return Some((low - most, high - least)),
            '*' => [low * least, low * most, high * least, high * most],
            _ if least <= 0.0 && most >= 0.0 => return None,
            _ => [low / least, low / most, high / least, high / most],
        };
        // Zero times infinity is no number, and no bound.
        let is_bounded = ends.iter().all(|end| !end.is_nan());
        is_bounded.then(|| {
            let least = ends.iter().copied().fold(f64::INFINITY, f64::min);
            (
                least,
                ends.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        })
    }
}

/// Reads a formula from the left, one token after the other.
struct Reader<'t> {
    tokens: Vec<&'t str>,
    next: usize,
}

impl<'t> Reader<'t> {
    fn of(text: &'t str) -> Self {
        let mut tokens = Vec::new();
        for word in text.split_ascii_whitespace() {
            let mut rest = word;
            while let Some(bare) = rest.strip_prefix('(') {
                tokens.push("(");
                rest = bare;
            }
            let bare = rest.trim_end_matches(')');
            tokens.extend((!bare.is_empty()).then_some(bare));
            tokens.extend(rest.get(bare.len()..).unwrap_or_default().matches(')'));
        }
        Self { tokens, next: 0 }
    }

    fn take(&mut self, among: &[&str]) -> Option<&'t str> {
        let token = self.tokens.get(self.next)?;
        among.contains(token).then(|| {
            self.next += 1;
            *token
        })
    }

    /// Reads operands joined by the operators of a level, or of the level below.
    fn chain(&mut self, operators: &[&str], depth: usize) -> Option<Node> {
        let is_sum = operators.contains(&"+");
        let operand = |reader: &mut Self| {
            if is_sum {
                reader.chain(&["*", "/"], depth)
            } else {
                reader.operand(depth)
            }
        };
        let mut node = operand(self)?;
        while let Some(operator) = self.take(operators) {
            let right = operand(self)?;
            let sign = operator.chars().next()?;
            node = Node::Apply(sign, Box::new(node), Box::new(right));
        }
        Some(node)
    }

    fn operand(&mut self, depth: usize) -> Option<Node> {
        if self.take(&["("]).is_some() {
            let node = self.sum(depth + 1)?;
            return self.take(&[")"]).map(|_| node);
        }
        let token = *self.tokens.get(self.next)?;
        self.next += 1;
        if let Ok(id) = token.parse() {
            return Some(Node::Name(id));
        }
        let is_plain = token
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = token.parse().ok().filter(|_| is_plain)?;
        Some(Node::Number(number))
    }

    fn sum(&mut self, depth: usize) -> Option<Node> {
        (depth <= DEEPEST).then(|| self.chain(&["+", "-"], depth))?
    }
}

impl TryFrom<Text> for Arithmetic {
    type Error = Invalid;

    fn try_from(text: Text) -> Result<Self, Invalid> {
        let mut reader = Reader::of(&text);
        let root = reader.sum(0).filter(|_| reader.next == reader.tokens.len());
        match root {
            Some(root) => Ok(Self { text, root }),
            None => Err(Invalid::new("arithmetic of metrics").hint(
                "write ids of metrics, numbers, + - * / between blanks, and brackets: `a * b / 60`",
            )),
        }
    }
}

impl FromStr for Arithmetic {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Text::Owned(text.into()).try_into()
    }
}

impl Scalar for Arithmetic {
    const TYPE: Type = Type::Text;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        text.clone().try_into()
    }

    fn to_value(&self) -> Value<'_> {
        Value::text(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Option<Range> {
        let of = |id: &Id| match id.as_str() {
            "a-1" => Some((2.0, 3.0)),
            "b" => Some((-1.0, 1.0)),
            _ => None,
        };
        text.parse::<Arithmetic>().unwrap().range(&of)
    }

    #[test]
    fn products_bind_closer_than_sums() {
        assert_eq!(range("1 + a-1 * 10"), Some((21.0, 31.0)));
        assert_eq!(range("(1 + a-1) * 10 / 2"), Some((15.0, 20.0)));
        assert_eq!(range("10 - a-1 - 1"), Some((6.0, 7.0)));
        assert_eq!(range("a-1 * b"), Some((-3.0, 3.0)));
        assert_eq!(range("a-1 / b"), None, "the divisor may be zero");
        assert_eq!(range("a-1 + c"), None, "c is not known");
        assert_eq!(range("1.5 / a-1"), Some((0.5, 0.75)));
    }

    #[test]
    fn names_are_listed_once() {
        let formula: Arithmetic = "x * (y-z + x) / 60".parse().unwrap();
        let names: Vec<&str> = formula.names().into_iter().map(Id::as_str).collect();
        assert_eq!(names, ["x", "y-z"]);
    }

    #[test]
    fn refuses_what_is_no_formula() {
        for bad in [
            "", "a *", "* a", "(a", "a)", "a b", "a ^ b", "1,5 * a", "A", "a*b", "()",
        ] {
            assert!(bad.parse::<Arithmetic>().is_err(), "{bad}");
        }
        let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(deep.parse::<Arithmetic>().is_err());
    }
}
