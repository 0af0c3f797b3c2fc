//! Authentication templates: Meta writes the text, one button hands over the code.

use super::rules;

rules! {
AUTH_BODY "auth-body" Error "authentication" Observed (100, 2388042)
    what "an authentication body with a text of its own"
    message "an authentication template's body has no `text` or `example` of its own: Meta writes it"
    help "delete it; `add_security_recommendation` is all that may be added"
    why "The body always says \"{{1}} is your verification code.\" in the template's language. Meta answers subcode 2388042: \"component of type BODY has unexpected field(s) (text)\"."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY","text":"Your code is {{1}}."},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_BODY_REQUIRED "auth-body-required" Error "authentication" Documented (100, 2388043)
    what "an authentication template without a body"
    message "the template has no body"
    help "add {\"type\": \"BODY\"}; Meta writes its text"
    why "Every template has exactly one body, also when Meta writes the text; Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_LEGACY "auth-legacy" Error "authentication" Documented (100, 2388042)
    what "an authentication template of the old kind, with free text"
    message "an authentication template has no free text any more: Meta writes the body, and one OTP button hands over the code"
    help "for a one-time code, keep an empty body and add an OTP button; for any other message, choose another category"
    why "The old kind cannot be created since 2023 and not be sent since 1 April 2024; Meta answers subcode 2388042."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY","text":"Use the code {{1}} to sign in.","example":{"body_text":[["784392"]]}}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source CHANGELOG "2026-03";

AUTH_EXTRA "auth-no-extras" Error "authentication" Documented (100, 2388042)
    what "a component that authentication templates cannot have"
    message "an authentication template cannot have a component of the type {name}"
    help "delete it; there are only BODY, FOOTER and BUTTONS"
    why "Meta takes no header, media or address in an authentication template: subcode 2388042."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"HEADER","format":"TEXT","text":"Your code"},{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_FOOTER_TEXT "footer-auth" Error "authentication" Documented (100, 2388042)
    what "an authentication footer with a text of its own"
    message "an authentication template's footer has no text of its own: Meta writes it from `code_expiration_minutes`"
    help "delete it, and say how many minutes the code is valid"
    why "Meta answers subcode 2388042, \"unexpected field(s)\"."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"FOOTER","text":"Valid for ten minutes"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"FOOTER","code_expiration_minutes":10},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_EXPIRATION "auth-footer" Error "authentication" Documented (100, 0)
    what "a code that is valid for too short or too long"
    message "a code may be valid for {min} to {max} minutes; {found} is outside"
    help "choose a number inside that range, or leave `code_expiration_minutes` out"
    why "Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"FOOTER","code_expiration_minutes":720},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"FOOTER","code_expiration_minutes":90},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_OTP_REQUIRED "auth-otp-required" Error "authentication" Documented (100, 2388043)
    what "an authentication template without its button"
    message "the template has no OTP button to hand over the code"
    help "add {\"type\": \"BUTTONS\", \"buttons\": [{\"type\": \"OTP\", \"otp_type\": \"COPY_CODE\"}]}"
    why "An authentication template has exactly one OTP button; Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":true},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_ONE_OTP "auth-one-otp" Error "authentication" Documented (100, 0)
    what "a button that authentication templates cannot have"
    message "an authentication template has one button, of the type OTP; this one is {found}"
    help "{remedy}"
    why "Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"},{"type":"QUICK_REPLY","text":"Not me"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source AUTHENTICATION "2025-11";

AUTH_READ_BACK "auth-otp-as-url" Error "authentication" Documented (100, 0)
    what "an OTP button as Meta shows it when a template is read back"
    message "this is how Meta shows an OTP button when the template is read back; it cannot be created so"
    help "write {\"type\": \"OTP\", \"otp_type\": …} instead"
    why "Meta turns the OTP button into a URL button to whatsapp.com/otp; creating one like it is refused."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source ZERO_TAP "2025-12";

AUTH_OTP_TYPE "auth-otp-type" Error "authentication" Documented (100, 0)
    what "an unknown way to hand over the code"
    message "`{name}` is not an `otp_type`"
    help "{remedy}"
    why "Meta knows COPY_CODE, ONE_TAP and ZERO_TAP, and answers error 100 to anything else."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"copy_code"}]}]}"#
    source API "2026-09";

AUTH_OTP_TYPE_REQUIRED "auth-otp-type-required" Error "authentication" Documented (100, 2388043)
    what "an OTP button without its kind"
    message "the OTP button has no `otp_type`"
    help "add `otp_type`: COPY_CODE, ONE_TAP or ZERO_TAP"
    why "Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source COPY_CODE "2025-11";

AUTH_LABEL "auth-text" Warning "authentication" Observed (100, 2388060)
    what "a label that is not WhatsApp's own"
    message "`{name}` is not WhatsApp's own label, and Meta may refuse any other"
    help "leave it out, or write `{usual}`"
    why "The pages allow labels of one's own, but since August 2025 \"Copy OTP\" was refused with subcode 2388060 while \"Copy code\" passed."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy OTP"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy Code"}]}]}"#
    source COPY_CODE "2025-11";

AUTH_AUTOFILL "auth-autofill-text" Error "authentication" Documented (100, 2388042)
    what "an autofill label on a button that only copies"
    message "a COPY_CODE button fills nothing in, so it has no `autofill_text`"
    help "delete it, or set `otp_type` to ONE_TAP"
    why "`autofill_text` belongs to one-tap and zero-tap buttons."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","autofill_text":"Autofill"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","autofill_text":"Autofill","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_APPS_UNUSED "auth-apps-unused" Warning "authentication" Inferred (100, 0)
    what "apps on a button that only copies"
    message "a COPY_CODE button opens no app, so the apps named here have no use"
    help "delete them, or set `otp_type` to ONE_TAP or ZERO_TAP"
    why "Meta's page about copy-code buttons has no apps; whether it ignores or refuses them is not known."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source COPY_CODE "2025-11";

AUTH_APPS_REQUIRED "auth-supported-apps" Error "authentication" Documented (100, 2388043)
    what "a one-tap or zero-tap button without an app"
    message "no app is named that may take over the code"
    help "add `supported_apps`: [{\"package_name\": …, \"signature_hash\": …}]"
    why "WhatsApp gives the code only to apps that the template names; Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_APPS_MAX "auth-supported-apps-max" Error "authentication" Documented (100, 0)
    what "too many apps"
    message "{used} apps are named; at most {max} are allowed"
    help "delete {over}"
    why "Meta answers error 100."
    bad r#"{"limits":{"supportedApps":1},"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"},{"package_name":"com.example.shop.beta","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"},{"package_name":"com.example.shop.beta","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_APP_REPEATED "auth-app-repeated" Warning "authentication" Inferred (100, 0)
    what "one app twice"
    message "this app stands in the list more than once"
    help "delete it here"
    why "A second entry with one `package_name` and `signature_hash` changes nothing, and Meta's own editor refuses it."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"},{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"},{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX8"}]}]}]}"#
    source ONE_TAP "2026-11";

AUTH_APP_INCOMPLETE "auth-app-incomplete" Error "authentication" Documented (100, 2388043)
    what "an app without its name or its hash"
    message "the app has no `{name}`"
    help "an app is named by `package_name` and `signature_hash`"
    why "WhatsApp compares both with the app on the phone; Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_APP_OUTSIDE "auth-app-outside" Warning "authentication" Documented (100, 0)
    what "an app named in the way of old Graph API versions"
    message "the app is named outside `supported_apps`, which only Graph API v20 and older took"
    help "put `package_name` and `signature_hash` into an entry of `supported_apps`"
    why "Meta's pages say that the pair beside the label is no longer supported from v21 on."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_PACKAGE_NAME "auth-package-name" Error "authentication" Documented (100, 0)
    what "a package name that Android does not know"
    message "`{name}` is not the name of an Android package"
    help "write it as in `com.example.shop`: two or more parts with full stops between, each a letter and then letters, digits or underscores"
    why "Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_PACKAGE_MAX "auth-package-name-max" Error "authentication" Documented (100, 2388040)
    what "a package name that is too long"
    message "the package name has {used} characters; at most {max} are allowed"
    help "check it: it is {over} too long"
    why "Meta answers subcode 2388040, \"Character limit exceeded\"."
    bad r#"{"limits":{"packageNameChars":10},"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_SIGNATURE "auth-signature-hash" Error "authentication" Documented (100, 0)
    what "a signature hash that is none"
    message "`{name}` is not an app's signature hash{found}"
    help "take the {max} characters (letters, digits, + / =) that Google's instructions for the SMS Retriever give"
    why "WhatsApp compares it with the installed app's; Meta answers error 100."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a%2FAINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ONE_TAP "2025-11";

AUTH_TERMS "auth-zero-tap-terms" Error "authentication" Documented (100, 0)
    what "the terms of zero-tap codes are not accepted"
    message "a ZERO_TAP button needs `zero_tap_terms_accepted`: true"
    help "read WhatsApp's terms about zero-tap codes, and set it if you accept them"
    why "Meta does not create the template otherwise."
    bad r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ZERO_TAP","supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    good r#"{"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ZERO_TAP","zero_tap_terms_accepted":true,"supported_apps":[{"package_name":"com.example.shop","signature_hash":"K8a/AINcGX7"}]}]}]}"#
    source ZERO_TAP "2025-12";

AUTH_BULK_LABEL "auth-bulk" Error "authentication" Documented (100, 0)
    what "a label in several languages at once"
    message "`{name}` cannot be set when a template is made in several `languages` at once"
    help "delete it; WhatsApp writes its own label in each language"
    why "Meta's page about bulk management leaves `text` and `autofill_text` out."
    bad r#"{"language":null,"languages":["en_US","fr"],"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy code"}]}]}"#
    good r#"{"language":null,"languages":["en_US","fr"],"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source BULK "2025-11";

AUTH_BULK_LANGUAGE "auth-bulk-language" Error "authentication" Documented (100, 0)
    what "one language and several"
    message "`language` cannot stand beside `languages`"
    help "delete `languages` to make one template, or `language` to make one in each language"
    why "POST /{WABA_ID}/message_templates takes `language`, /upsert_message_templates takes `languages`."
    bad r#"{"language":"en_US","languages":["en_US","fr"],"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    good r#"{"language":null,"languages":["en_US","fr"],"category":"AUTHENTICATION","components":[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}"#
    source BULK "2025-11";

AUTH_BULK_CATEGORY "auth-bulk-category" Error "authentication" Documented (100, 0)
    what "several languages at once in another category"
    message "only authentication templates can be made in several `languages` at once"
    help "write one definition with `language` for each of them"
    why "POST /{WABA_ID}/upsert_message_templates takes the category AUTHENTICATION only."
    bad r#"{"language":null,"languages":["en_US","fr"]}"#
    good r#"{"language":"fr"}"#
    source BULK "2025-11";
}
