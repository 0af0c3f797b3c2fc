//! Words that give a text away, in the languages that most templates are written in.
//!
//! A table is one text: phrases between bars, in lower case and without accents, as [`Folded`] reads
//! texts. A phrase stands alone between other words; one that ends with `~` may go on (endings).
//! Only what leaves no doubt is here: every reader of the core downloads it.

use crate::text::{is_invisible, is_markup, next_listed};

/// Says that the text brings a one-time code.
pub(super) const CODE: &str = "otp|verification code|one-time password|one time password|your code is {{|}} is your code|\
    codigo de verificacion|tu codigo es {{|su codigo es {{|codigo de verificacao|seu codigo e {{|code de verification|\
    votre code est {{|verifizierungscode|einmalpasswort|einmalcode|codice di verifica|kode verifikasi|ओटीपी|सत्यापन कोड|\
    رمز التحقق|dogrulama kodu~";

/// Sells something. Words that invoices and receipts have, too (discount, sale, offer alone) are not here.
pub(super) const PROMOTION: &str = "% off|promo code|coupon code|buy now|shop now|special offer~|limited time offer|% de descuento|\
    codigo promocional|compra ahora|oferta especial|% de desconto|cupom de desconto|compre agora|% de reduction|code promo|\
    offre speciale|% rabatt|rabattcode|jetzt kaufen|% di sconto|codice sconto|acquista ora|kode promo|beli sekarang|% की छूट|\
    अभी खरीदें|كود خصم|كود الخصم|indirim kodu~|ozel teklif~";

/// Lets people leave.
pub(super) const OPT_OUT: &str = "stop~|unsubscribe~|opt out|opt-out|baja|parar|sair|cancelar|desinscri~|desabonn~|abmelden|\
    disiscri~|berhenti|बंद|إلغاء|iptal~";

/// Asks for something to be sent in the chat …
pub(super) const ASK: &str = "send us your|reply with your|share your|provide your|confirm your|envie su|envie sua|comparte tu|\
    informe seu|informe sua|envoyez votre|communiquez votre|senden sie ihr~";

/// … that Meta's policy keeps out of it.
pub(super) const SECRET: &str = "pin|cvv|cvc|password|card number|credit card|debit card|account number|contrasena|\
    numero de tarjeta|senha|numero do cartao|mot de passe|numero de carte|passwort|kreditkarten~";

/// Turns asking into its opposite.
pub(super) const NOT: &str = "never|not|don't|nunca|no|nao|jamais|ne|nicht|niemals";

/// Links that hide where they lead, and links into WhatsApp.
pub(super) const LINKS: &str = "bit.ly/|tinyurl.com/|t.co/|ow.ly/|is.gd/|buff.ly/|rebrand.ly/|cutt.ly/|rb.gy/|t.ly/|tiny.cc/|\
    s.id/|wa.me/|api.whatsapp.com/|chat.whatsapp.com/|wa.link/";

/// What people write in brackets where a placeholder belongs; other words may stand in front.
pub(super) const BLANKS: &str = "name|customer|company|brand|date|time|amount|price|link|url|code|number|nombre|fecha|nome|data|nom|vorname";

/// Marks an address as made up or a company's.
pub(super) const MADE_UP: &str = "example~|test~|demo~|sample~|ejemplo~|exemplo~|doe|info|support|hello|contact|noreply|no-reply";

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
    /// For each byte of the letters, where its character stands in the text.
    places: Vec<usize>,
    /// Where a phrase can begin.
    starts: Vec<usize>,
    /// The beginnings that there are, by [`bit`]: most phrases of most tables are passed over by it.
    begun: u64,
}

impl<'t> Folded<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut folded = Folded {
            text,
            letters: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
            starts: Vec::new(),
            begun: 0,
        };
        let mut inside = false;
        for (at, c) in text.char_indices() {
            if !is_markup(c) && !is_invisible(c) {
                let letter = fold(c);
                if c != ' ' && !(inside && letter.is_ascii_alphanumeric()) {
                    folded.starts.push(folded.letters.len());
                }
                folded.letters.push(letter);
                folded.places.resize(folded.letters.len(), at);
            }
            inside = c.is_alphanumeric();
        }
        let letters = folded.letters.as_bytes();
        for start in &folded.starts {
            folded.begun |= bit(letters.get(*start..).unwrap_or_default());
        }
        folded
    }

    /// Where the first phrase of a table that the text has stands in it.
    pub(super) fn find(&self, table: &str) -> Option<Place> {
        let mut phrases = Some(table.as_bytes());
        while let Some(phrase) = next_listed(&mut phrases) {
            if self.begun & bit(phrase) == 0 {
                continue;
            }
            for start in &self.starts {
                if let Some(end) = self.end(*start, phrase) {
                    return Some((*self.places.get(*start)?, end));
                }
            }
        }
        None
    }

    /// Where a phrase that begins at this letter ends in the text.
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
        if open && first(&self.letters, end).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let last = *self.places.get(end.checked_sub(1)?)?;
        Some(last + first(self.text, last).map_or(0, char::len_utf8))
    }
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
pub(super) fn find(text: &str, table: &str) -> Option<Place> {
    Folded::new(text).find(table)
}
