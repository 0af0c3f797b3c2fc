//! Meta's answers, byte by byte as far as they matter.

use super::dice::Dice;
use super::store::{SECRET_VALUE, recipient};
use wa_preflight::delivery::classify::{Answer, Transport};

/// Meta's details name people and values: nothing of that may reach a log.
pub fn details(pair: usize) -> String {
    format!(
        "for {} the parameter {SECRET_VALUE} is not right",
        recipient(pair)
    )
}

pub fn error(code: i64, pair: usize) -> String {
    let details = details(pair);
    format!(
        r#"{{"error":{{"message":"(#{code}) no","type":"OAuthException","code":{code},"error_data":{{"messaging_product":"whatsapp","details":"{details}"}},"fbtrace_id":"A"}}}}"#
    )
}

pub fn answer(status: u16, body: String) -> Answer {
    Answer {
        status: Some(status),
        body: body.into_bytes(),
        ..Answer::default()
    }
}

pub fn no_answer(transport: Transport) -> Answer {
    Answer {
        transport: Some(transport),
        ..Answer::default()
    }
}

/// Answers that leave it open whether the message was taken.
pub fn murky(dice: &mut Dice) -> Answer {
    match dice.below(8) {
        0 => answer(500, String::new()),
        1 => answer(502, "<html>Bad Gateway</html>".to_owned()),
        2 => answer(503, error(131_016, 0)),
        3 => answer(
            200,
            r#"{"messaging_product":"whatsapp","messages":[{"id":"wamid.cu"#.to_owned(),
        ),
        4 => answer(200, r#"{"messages":[]}"#.to_owned()),
        5 => answer(302, String::new()),
        6 => answer(500, error(131_000, 0)),
        _ => no_answer(Transport::DecodeError),
    }
}
