//! Ids of deliveries, and of the tag that comes back in their statuses.
//!
//! An id is `<version><shard><random>`: `1`, one base-36 digit and 128 random bits in lower-case
//! hex. The shard tells a read or a webhook which of the sender's ledgers holds the row.

/// The version digit of every id made now.
pub const VERSION: char = '1';

/// How many shards a sender's ledger can have: one base-36 digit.
pub const SHARDS: u32 = 36;

const RANDOM_BYTES: usize = 16;

/// Makes an id from 16 random bytes, or `None` when the shard or the number of bytes is wrong.
pub fn make(shard: u32, random: &[u8]) -> Option<String> {
    if random.len() != RANDOM_BYTES {
        return None;
    }
    let mut id = String::with_capacity(2 + 2 * RANDOM_BYTES);
    id.push(VERSION);
    id.push(char::from_digit(shard, SHARDS)?);
    for byte in random {
        id.extend(char::from_digit(u32::from(byte >> 4), 16));
        id.extend(char::from_digit(u32::from(byte & 15), 16));
    }
    Some(id)
}

/// The shard of an id, or `None` when the text is no id of ours.
pub fn shard(id: &str) -> Option<u32> {
    let mut chars = id.chars();
    if chars.next() != Some(VERSION) {
        return None;
    }
    let shard = chars.next()?;
    let random = chars.as_str();
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if shard.is_ascii_uppercase()
        || random.len() != 2 * RANDOM_BYTES
        || !random.bytes().all(lower_hex)
    {
        return None;
    }
    shard.to_digit(SHARDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_shard() {
        let random: Vec<u8> = (0..16).map(|n| n * 17).collect();
        for wanted in 0..SHARDS {
            let id = make(wanted, &random).unwrap_or_default();
            assert_eq!(id.len(), 34);
            assert_eq!(shard(&id), Some(wanted));
        }
        assert_eq!(
            make(10, &random).as_deref(),
            Some("1a00112233445566778899aabbccddeeff")
        );
    }

    #[test]
    fn only_whole_ids_are_made_and_read() {
        assert_eq!(make(36, &[0; 16]), None);
        assert_eq!(make(0, &[0; 15]), None);
        let good = "1000112233445566778899aabbccddeeff";
        assert_eq!(shard(good), Some(0));
        for bad in [
            "",
            "1",
            "2000112233445566778899aabbccddeeff",
            "1000112233445566778899aabbccddeef",
            "1000112233445566778899aabbccddeeff0",
            "1A00112233445566778899aabbccddeeff",
            "10é0112233445566778899aabbccddeeff",
            "1000112233445566778899AABBCCDDEEFF",
        ] {
            assert_eq!(shard(bad), None, "{bad}");
        }
    }
}
