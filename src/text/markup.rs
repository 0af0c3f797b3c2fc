//! WhatsApp's formatting marks: which characters of a text are bold, italic, struck through or
//! monospaced, and which are marks that nobody sees.

use super::{is_line_break, is_word};

/// How one character looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Between asterisks.
    pub bold: bool,
    /// Between underscores.
    pub italic: bool,
    /// Between tildes.
    pub strike: bool,
    /// Between backticks, one or three.
    pub mono: bool,
    /// A mark itself: not shown.
    pub hidden: bool,
    /// What its line is.
    pub block: Block,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Block {
    /// Text like any other.
    #[default]
    Plain,
    /// A quotation: the line begins with `> `, which nobody sees.
    Quote,
    /// A point of a list: the line begins with `* ` or `- `, in whose place there is a dot.
    Bullet,
    /// A point of a list with its number, which stays: `1. `.
    Number,
}

/// The look of each character. Marks count at word boundaries, in pairs, within one line; inside
/// monospaced text nothing else counts.
pub fn looks(text: &[char]) -> Vec<Look> {
    let mut looks = vec![Look::default(); text.len()];
    fences(text, &mut looks);
    blocks(text, &mut looks);
    inline(text, &mut looks, '`', |look| look.mono = true);
    // Only now: what is monospaced by then keeps its marks.
    let mut mono = Vec::with_capacity(looks.len());
    for look in &looks {
        mono.push(look.mono || look.hidden);
    }
    for (mark, set) in MARKS {
        styled(text, &mono, &mut looks, *mark, *set);
    }
    looks
}

type Set = fn(&mut Look);

const MARKS: &[(char, Set)] = &[
    ('*', |look| look.bold = true),
    ('_', |look| look.italic = true),
    ('~', |look| look.strike = true),
];

/// ``` … ```, over lines too.
fn fences(text: &[char], looks: &mut [Look]) {
    let fence = |at: usize| {
        text.get(at..at + 3)
            .is_some_and(|c| c.iter().all(|c| *c == '`'))
    };
    let mut at = 0;
    while at < text.len() {
        if !fence(at) {
            at += 1;
            continue;
        }
        let Some(close) = (at + 4..text.len()).find(|i| fence(*i)) else {
            return;
        };
        mark(looks, at, close, 3, |look| look.mono = true);
        at = close + 3;
    }
}

/// Quotations and lists, line by line.
fn blocks(text: &[char], looks: &mut [Look]) {
    let mut start = 0;
    for line in text.split(|c| is_line_break(*c)) {
        let digits = line.iter().take_while(|c| c.is_ascii_digit()).count();
        let (block, marks) = match line {
            ['>', ' ', ..] => (Block::Quote, 2),
            ['*' | '-', ' ', ..] => (Block::Bullet, 2),
            _ if (1..=3).contains(&digits) && line.get(digits..digits + 2) == Some(&['.', ' ']) => {
                (Block::Number, 0)
            }
            _ => (Block::Plain, 0),
        };
        let fenced = looks
            .get(start)
            .is_some_and(|look| look.mono || look.hidden);
        let says_something = line.iter().skip(marks).any(|c| !c.is_whitespace());
        if !fenced && says_something && block != Block::Plain {
            for (place, look) in looks.iter_mut().skip(start).take(line.len()).enumerate() {
                look.block = block;
                look.hidden |= place < marks;
            }
        }
        start += line.len() + 1;
    }
}

/// `…` within one line, nothing nested.
fn inline(text: &[char], looks: &mut [Look], tick: char, set: Set) {
    let mut open: Option<usize> = None;
    for (at, c) in text.iter().enumerate() {
        if is_line_break(*c) || looks.get(at).is_some_and(|look| look.mono || look.hidden) {
            open = None;
        } else if *c == tick {
            match open {
                Some(start) if at > start + 1 => {
                    mark(looks, start, at, 1, set);
                    open = None;
                }
                _ => open = Some(at),
            }
        }
    }
}

fn styled(text: &[char], mono: &[bool], looks: &mut [Look], sign: char, set: Set) {
    let is_mark = |at: usize| text.get(at) == Some(&sign) && mono.get(at) == Some(&false);
    let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| is_word(*c));
    let blank = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_none_or(|c| c.is_whitespace())
    };
    let closes = |at: usize| is_mark(at) && !blank(at.checked_sub(1)) && !letter(Some(at + 1));
    // For each place the next closing mark on its line, so that unclosed marks cost no second look.
    let mut next = vec![None; text.len() + 1];
    let mut found = None;
    for at in (0..text.len()).rev() {
        if text.get(at).is_some_and(|c| is_line_break(*c)) {
            found = None;
        } else if closes(at) {
            found = Some(at);
        }
        if let Some(place) = next.get_mut(at) {
            *place = found;
        }
    }
    let mut at = 0;
    while at < text.len() {
        let opens =
            is_mark(at) && !letter(at.checked_sub(1)) && !blank(Some(at + 1)) && !is_mark(at + 1);
        match next.get(at + 2).copied().flatten() {
            Some(close) if opens => {
                mark(looks, at, close, 1, set);
                at = close + 1;
            }
            _ => at += 1,
        }
    }
}

/// Hides the marks at both ends and gives what is between them its look.
fn mark(looks: &mut [Look], open: usize, close: usize, width: usize, set: Set) {
    for look in looks.iter_mut().skip(open).take(close - open).skip(width) {
        set(look);
    }
    for start in [open, close] {
        for look in looks.iter_mut().skip(start).take(width) {
            look.hidden = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::looks;

    /// Writes each run as `[b:text]`, so that a test reads like what is seen.
    fn seen(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let looks = looks(&chars);
        let mut out = String::new();
        let mut last = String::new();
        for (c, look) in chars.iter().zip(looks).filter(|(_, look)| !look.hidden) {
            let mut name = String::new();
            for (is, letter) in [
                (look.bold, 'b'),
                (look.italic, 'i'),
                (look.strike, 's'),
                (look.mono, 'm'),
            ] {
                if is {
                    name.push(letter);
                }
            }
            if name != last {
                if !last.is_empty() {
                    out.push(']');
                }
                if !name.is_empty() {
                    out.push_str(&format!("[{name}:"));
                }
                last = name;
            }
            out.push(*c);
        }
        if !last.is_empty() {
            out.push(']');
        }
        out
    }

    #[test]
    fn formats_at_word_boundaries() {
        for (text, expected) in [
            ("*a* b", "[b:a] b"),
            ("_a_ ~b~ *c*", "[i:a] [s:b] [b:c]"),
            ("*_a_*", "[bi:a]"),
            ("*a _b* c_", "[b:a ][bi:b][i: c]"),
            ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
            ("* a *", "a *"),
            ("*a", "*a"),
            ("**", "**"),
            ("*a\nb*", "*a\nb*"),
            ("(*a*), *b*.", "([b:a]), [b:b]."),
            ("`*a*` *b*", "[m:*a*] [b:b]"),
            ("```a\n*b*``` *c*", "[m:a\n*b*] [b:c]"),
            ("```", "```"),
            ("*a `b* c` d*", "[b:a ][bm:b* c][b: d]"),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn many_open_marks_cost_no_time() {
        let chars: Vec<char> = "*a ".repeat(200_000).chars().collect();
        assert!(looks(&chars).iter().all(|look| !look.hidden));
    }
}
