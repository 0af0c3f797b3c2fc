//! Words that give a text away, in the languages that most templates are written in.
//!
//! A table is written as one text: phrases between bars, in lower case and without accents, as [`Folded`]
//! reads texts. A phrase stands alone between other words; one that ends with `~` may go on (endings).
//! Only what leaves no doubt is here: every reader of the core downloads it.

use crate::order::Joined;
use crate::text::{has, is_invisible, is_markup, is_word};

/// Phrases one behind the other, each with its length in a byte in front: most are passed over, and a bar would have to be
/// looked for. As long as the text it is written as, and a byte.
pub(super) type Table = [u8];

macro_rules! table {
    ($text:expr) => {{
        const TEXT: &str = $text;
        const TABLE: [u8; TEXT.len() + 1] = table(TEXT.as_bytes());
        &TABLE
    }};
}

#[allow(clippy::indexing_slicing, reason = "evaluated when it is compiled")]
const fn table<const LENGTH: usize>(text: &[u8]) -> [u8; LENGTH] {
    let mut table = [0; LENGTH];
    let (mut at, mut length) = (0, 0);
    while at < text.len() {
        if text[at] == b'|' {
            length = at + 1;
        } else {
            table[at + 1] = text[at];
            table[length] += 1;
        }
        at += 1;
    }
    table
}

/// Says that the text brings a one-time code.
pub(super) static CODE: &Table = table!(
    "otp|passcode|login code|sign-in code|verification code|one-time password|one time password|your code is {{|\
    }} is your code|codigo de verificacion|codigo de acceso|codigo de acesso|codigo de seguranca|codigo de seguridad|\
    tu codigo es {{|su codigo es {{|codigo de verificacao|seu codigo e {{|code de verification|\
    votre code est {{|verifizierungscode|einmalpasswort|einmalcode|codice di verifica|kode verifikasi|ओटीपी|सत्यापन कोड|\
    رمز التحقق|dogrulama kodu~"
);

/// Sells something. Words that invoices and receipts have, too (discount, sale, offer alone) are not here.
pub(super) static PROMOTION: &Table = table!(
    "% off|promo code|coupon code|buy now|shop now|special offer~|limited time offer|% de descuento|\
    codigo promocional|compra ahora|oferta especial|% de desconto|cupom de desconto|compre agora|% de reduction|code promo|\
    offre speciale|% rabatt|rabattcode|jetzt kaufen|% di sconto|codice sconto|acquista ora|kode promo|beli sekarang|% की छूट|\
    अभी खरीदें|كود خصم|كود الخصم|indirim kodu~|ozel teklif~"
);

/// Lets people leave, in Meta's own words for its button among others.
pub(super) static OPT_OUT: &Table = table!(
    "stop~|unsubscribe~|opt out|opt-out|opt me out|baja|detener|salir|parar|sair|cancelar|remover|descadastr~|desinscri~|\
    desabonn~|arret~|abmelden|abbestell~|disiscri~|interromp~|berhenti|hentikan|बंद|रोक~|إلغاء|الغاء|إيقاف|iptal~|durdur~|\
    הסר|отпис~|стоп|退订|取消|配信停止|수신거부|ยกเลิก|afmeld~|wypis~|dezabon~"
);

/// Asks for something to be sent in the chat …
pub(super) static ASK: &Table = table!(
    "send us your|reply with your|reply with the|send us the|share your|provide your|confirm your|envie su|envie sua|comparte tu|\
    informe seu|informe sua|envoyez votre|communiquez votre|senden sie ihr~"
);

/// … that Meta's policy keeps out of it. What is asked for last (a card's number and its CVV) comes last here.
pub(super) static SECRET: &Table = table!(
    "card number|social security|passport number|id number|credit card|debit card|account number|contrasena|\
    numero de tarjeta|senha|numero do cartao|mot de passe|numero de carte|passwort|kreditkarten~|password|pin|cvv|cvc"
);

/// What is called a PIN and is none: a place on the map, India's postal code.
pub(super) static NO_PIN: &Table = table!("location pin|map pin|pin code");

/// Turns asking into its opposite.
pub(super) static NOT: &Table = table!("never|not|don't|nunca|no|nao|jamais|ne|nicht|niemals");

/// Hosts whose addresses hide where they lead; Meta publishes no list.
pub(in crate::check) static SHORTENERS: &Table = table!(
    "bit.ly/|tinyurl.com/|goo.gl/|t.co/|ow.ly/|is.gd/|buff.ly/|rebrand.ly/|cutt.ly/|shorturl.at/|rb.gy/|t.ly/|tiny.cc/|\
    bl.ink/|lnkd.in/|s.id/|wa.link/"
);

/// Hosts that open a chat; WhatsApp's others have pages to read, channels, and the codes that one-time-code
/// buttons are read back as.
pub(in crate::check) static CHATS: &Table = table!("wa.me/|api.whatsapp.com/|chat.whatsapp.com/");

/// Whether a host is one of these, or under one. (One with signs or letters that are folded only looks like it.)
pub(in crate::check) fn is_host(host: &str, table: &Table) -> bool {
    let plain = host.is_ascii() && !has(host, b'_');
    let found = find(&[host, "/"].joined(), table).filter(|_| plain);
    found.is_some_and(|(at, _)| at == 0 || host.as_bytes().get(at - 1) == Some(&b'.'))
}

/// What people write in brackets where a placeholder belongs; other words may stand in front.
pub(super) static BLANKS: &Table = table!(
    "name|customer|company|brand|date|time|amount|price|link|url|code|number|nombre|fecha|nome|data|nom|vorname"
);

/// Marks an address as made up or a company's.
pub(super) static MADE_UP: &Table = table!(
    "example~|test~|demo~|sample~|ejemplo~|exemplo~|doe|info|support|hello|contact|noreply|no-reply"
);

/// Left from writing.
pub(super) static TODO: &Table = table!("todo");
pub(super) static FILLER: &Table = table!("lorem ipsum");

/// Begins a placeholder.
pub(super) static PLACEHOLDER: &Table = table!("{{~");

/// A letter as tables have it: lower case, and without its accent where it is Latin.
fn fold(c: char) -> char {
    const PLAIN: &[u8] = b"aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
    match c {
        '\u{c0}'..='\u{ff}' => {
            let plain = PLAIN.get(c as usize - 0xc0);
            plain.map_or(c, |plain| char::from(*plain))
        }
        'ğ' | 'Ğ' => 'g',
        'ı' | 'İ' => 'i',
        '’' => '\'',
        _ => c.to_ascii_lowercase(),
    }
}

/// Where something stands in a text.
pub(super) type Place = (usize, usize);

/// A text as tables have it: without formatting marks and characters that draw nothing, which would
/// only hide words.
pub(super) struct Folded<'t> {
    text: &'t str,
    letters: String,
    /// Where a phrase can begin.
    starts: Vec<usize>,
    /// The beginnings that there are, by [`bit`]: most phrases of most tables are passed over by it.
    begun: u64,
}

impl<'t> Folded<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut letters = String::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len() / 4);
        let mut inside = false;
        for c in text.chars() {
            if is_drawn(c) {
                let letter = fold(c);
                if c != ' ' && !(inside && letter.is_ascii_alphanumeric()) {
                    starts.push(letters.len());
                }
                letters.push(letter);
            }
            inside = is_word(c);
        }
        let mut begun = 0;
        for start in &starts {
            begun |= bit(letters.as_bytes().get(*start..).unwrap_or_default());
        }
        Folded {
            text,
            letters,
            starts,
            begun,
        }
    }

    /// Where the first phrase of a table that the text has stands in it.
    pub(super) fn find(&self, table: &Table) -> Option<Place> {
        let mut rest = table;
        while let Some((length, behind)) = rest.split_first() {
            let (phrase, others) = behind.split_at_checked(usize::from(*length))?;
            rest = others;
            if self.begun & bit(phrase) == 0 {
                continue;
            }
            for start in &self.starts {
                if let Some(end) = self.end(*start, phrase) {
                    return self.place(*start, end);
                }
            }
        }
        None
    }

    /// Where a phrase that begins at this letter ends.
    fn end(&self, start: usize, phrase: &[u8]) -> Option<usize> {
        let letters = self.letters.as_bytes();
        if letters.get(start) != phrase.first() {
            return None;
        }
        let whole = phrase.strip_suffix(b"~");
        let wanted = whole.unwrap_or(phrase);
        let end = start + wanted.len();
        if letters.get(start..end)? != wanted {
            return None;
        }
        let open = whole.is_none() && wanted.last().is_some_and(u8::is_ascii_alphanumeric);
        if open && first(&self.letters, end).is_some_and(is_word) {
            return None;
        }
        Some(end)
    }

    /// Where letters stand in the text.
    fn place(&self, start: usize, end: usize) -> Option<Place> {
        let (mut letters, mut from) = (0, 0);
        for (at, c) in self.text.char_indices() {
            if !is_drawn(c) {
                continue;
            }
            if letters == start {
                from = at;
            }
            letters += fold(c).len_utf8();
            if letters == end {
                return Some((from, at + c.len_utf8()));
            }
        }
        None
    }
}

/// Whether a character is one of those that tables are compared with.
fn is_drawn(c: char) -> bool {
    !is_markup(c) && !is_invisible(c)
}

fn first(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// One bit for the two bytes that a phrase, or a word and what follows, begins with.
fn bit(begin: &[u8]) -> u64 {
    match begin {
        [first, second, ..] => 1 << ((first.wrapping_mul(5) ^ second) % 64),
        // A word at the text's end: no phrase is that short.
        _ => 0,
    }
}

/// The same for a text that is looked at once.
pub(super) fn find(text: &str, table: &Table) -> Option<Place> {
    Folded::new(text).find(table)
}
