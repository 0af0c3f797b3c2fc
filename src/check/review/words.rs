//! Words that give a text away, in the languages that most templates are written in.
//!
//! A table is one text: phrases between bars, in lower case and without accents, as [`Folded`] reads
//! texts. A phrase stands alone between other words; one that ends with `~` may go on (endings).

use crate::text::{is_invisible, is_markup};

/// Says that the text brings a one-time code.
pub(super) const CODE: &str = "otp|verification code|authentication code|one-time password|one time password|one-time passcode|\
    your code is {{|}} is your code|codigo de verificacion|contrasena de un solo uso|tu codigo es {{|su codigo es {{|\
    codigo de verificacao|senha de uso unico|seu codigo e {{|code de verification|code a usage unique|votre code est {{|\
    verifizierungscode|einmalpasswort|einmalcode|ihr code lautet|codice di verifica|password monouso|kode verifikasi|\
    ओटीपी|सत्यापन कोड|رمز التحقق|dogrulama kodu~|tek kullanimlik sifre~";

/// Sells something. Words that invoices and receipts have, too (discount, sale, offer alone) are not here.
pub(super) const PROMOTION: &str = "% off|promo code|coupon code|discount code|buy now|shop now|special offer~|exclusive offer~|exclusive deal~|\
    limited time offer|limited-time offer|flash sale|black friday|% de descuento|codigo de descuento|codigo promocional|compra ahora|\
    compre ahora|oferta especial|oferta exclusiva|por tiempo limitado|% de desconto|cupom de desconto|compre agora|por tempo limitado|\
    % de reduction|% de remise|code promo|offre speciale|offre exclusive|achetez maintenant|% rabatt|rabattcode|gutscheincode|\
    jetzt kaufen|sonderangebot~|% di sconto|codice sconto|codice promozionale|acquista ora|offerta speciale|offerta esclusiva|\
    kode promo|beli sekarang|belanja sekarang|penawaran spesial|% की छूट|% छूट|अभी खरीदें|कूपन कोड|كود خصم|كود الخصم|\
    اشتري الآن|تسوق الآن|عرض خاص|indirim kodu~|hemen satin al|ozel teklif~";

/// Lets people leave.
pub(super) const OPT_OUT: &str = "stop~|unsubscribe~|opt out|opt-out|not interested|baja|cancelar|no recibir|parar|sair|descadastr~|\
    remover|arret~|desinscri~|desabonn~|abmelden|abbestellen|disiscri~|annulla~|berhenti|बंद|إلغاء|ايقاف|إيقاف|iptal~|ret|durdur~";

/// Asks for something to be sent in the chat …
pub(super) const ASK: &str = "send us your|send me your|reply with your|share your|provide your|tell us your|give us your|confirm your|\
    envianos tu|envie su|comparte tu|responde con tu|confirma tu|envie seu|envie sua|informe seu|informe sua|responda com sua|\
    envoyez votre|envoyez-nous votre|communiquez votre|senden sie ihr~|teilen sie uns ihr~";

/// … that Meta's policy keeps out of it.
pub(super) const SECRET: &str = "pin|pin code|cvv|cvc|password|card number|credit card|debit card|account number|social security|\
    contrasena|numero de tarjeta|tarjeta de credito|senha|numero do cartao|cartao de credito|mot de passe|numero de carte|\
    passwort|kartennummer|kreditkarten~";

/// Turns asking into its opposite.
pub(super) const NOT: &str = "never|not|don't|dont|won't|nunca|no|nao|jamais|ne|nicht|niemals";

/// Links that hide where they lead.
pub(super) const SHORT: &str = "bit.ly/|tinyurl.com/|t.co/|ow.ly/|is.gd/|buff.ly/|rebrand.ly/|cutt.ly/|shorturl.at/|rb.gy/|t.ly/|tiny.cc/|lnkd.in/|s.id/";

/// Links into WhatsApp.
pub(super) const WHATSAPP: &str = "wa.me/|api.whatsapp.com/|chat.whatsapp.com/|wa.link/";

/// What people write in brackets where a placeholder belongs; other words may stand in front.
pub(super) const BLANKS: &str = "name|customer|company|business|brand|date|time|amount|price|link|url|code|number|id|nombre|fecha|monto|empresa|nome|data|valor|nom|vorname";

/// Text of the trade that was never meant to be sent.
pub(super) const FILLER: &str = "lorem ipsum|fixme|[object object]";

/// Marks an address or name as made up.
pub(super) const MADE_UP: &str = "example~|sample~|test~|demo~|dummy~|ejemplo~|exemplo~|beispiel~|doe|info|support|hello|contact|sales|help|noreply|no-reply|\
    email.com|mail.com|domain.com|company.com|yourcompany~";

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
        'ş' | 'Ş' => 's',
        '’' => '\'',
        _ => c.to_ascii_lowercase(),
    }
}

/// A text as tables have it: without formatting marks and characters that draw nothing, which would
/// only hide words.
pub(super) struct Folded {
    /// Each letter with its place in the text.
    letters: Vec<(char, usize, usize)>,
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
                letters.push((letter, at, at + c.len_utf8()));
            }
            inside = c.is_alphanumeric();
        }
        Folded { letters, starts }
    }

    /// Where the first phrase of a table that the text has stands in it.
    pub(super) fn find(&self, table: &str) -> Option<(usize, usize)> {
        for phrase in table.split('|') {
            let first = phrase.chars().next();
            for start in &self.starts {
                let rest = self.letters.get(*start..).unwrap_or_default();
                let Some((letter, at, _)) = rest.first() else {
                    continue;
                };
                if Some(*letter) == first
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
fn ends(letters: &[(char, usize, usize)], phrase: &str) -> Option<usize> {
    let mut rest = letters.iter();
    let (mut last, mut end) = (' ', 0);
    for wanted in phrase.chars() {
        if wanted == '~' {
            return Some(end);
        }
        let (letter, _, behind) = rest.next()?;
        if *letter != wanted {
            return None;
        }
        (last, end) = (wanted, *behind);
    }
    let next = rest.next().is_some_and(|(c, _, _)| c.is_alphanumeric());
    (!next || !last.is_ascii_alphanumeric()).then_some(end)
}

/// The same for a text that is looked at once.
pub(super) fn find(text: &str, table: &str) -> Option<(usize, usize)> {
    Folded::new(text).find(table)
}
