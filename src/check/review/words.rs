//! Words that give a text away, in the languages that most templates are written in.
//!
//! A table is one text: phrases between bars, in lower case and without accents, as [`Folded`] reads
//! texts. A phrase stands alone between other words; one that ends with `~` may go on (endings).
//! Only what leaves no doubt is here: every reader of the core downloads it.

use crate::text::{is_invisible, is_markup};

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
pub(super) struct Folded {
    /// Each letter with its place in the text.
    letters: Vec<(char, Place)>,
    /// Where a phrase can begin.
    starts: Vec<usize>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut letters = Vec::new();
        let mut starts = Vec::new();
        let mut inside = false;
        for (at, c) in text.char_indices() {
            if !is_markup(c) && !is_invisible(c) {
                let letter = fold(c);
                if c != ' ' && !(inside && letter.is_ascii_alphanumeric()) {
                    starts.push(letters.len());
                }
                letters.push((letter, (at, at + c.len_utf8())));
            }
            inside = c.is_alphanumeric();
        }
        Folded { letters, starts }
    }

    /// Where the first phrase of a table that the text has stands in it.
    pub(super) fn find(&self, table: &str) -> Option<Place> {
        for phrase in table.split('|') {
            let first = phrase.chars().next();
            for start in &self.starts {
                let rest = self.letters.get(*start..).unwrap_or_default();
                if let Some((letter, (at, _))) = rest.first()
                    && Some(*letter) == first
                    && let Some(end) = ends(rest, phrase)
                {
                    return Some((*at, end));
                }
            }
        }
        None
    }
}

/// Where a phrase that stands at the beginning of these letters ends in the text.
fn ends(letters: &[(char, Place)], phrase: &str) -> Option<usize> {
    let mut rest = letters.iter();
    let (mut last, mut end) = (' ', 0);
    for wanted in phrase.chars() {
        if wanted == '~' {
            return Some(end);
        }
        let (letter, (_, behind)) = rest.next()?;
        if *letter != wanted {
            return None;
        }
        (last, end) = (wanted, *behind);
    }
    let next = rest.next().is_some_and(|(c, _)| c.is_alphanumeric());
    (!next || !last.is_ascii_alphanumeric()).then_some(end)
}

/// The same for a text that is looked at once.
pub(super) fn find(text: &str, table: &str) -> Option<Place> {
    Folded::new(text).find(table)
}
