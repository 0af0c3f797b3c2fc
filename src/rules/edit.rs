//! Rules of edits: what POST `/{TEMPLATE_ID}` may change.

use super::rules;

rules! {
EDIT_STATE "edit-state" Error "edit" Documented (100, 2388039)
    what "a template whose status forbids edits"
    message "a template with the status `{status}` cannot be edited"
    help "edit it when it is APPROVED, REJECTED or PAUSED"
    why "Meta answers subcode 2388039, \"Message template status can't be changed\"."
    bad r#"{"options":{"edit":{"previous":{},"status":"PENDING"}}}"#
    good r#"{"options":{"edit":{"previous":{},"status":"paused"}}}"#
    source MANAGEMENT "2026-09";

EDIT_RATE "edit-rate" Info "edit" Documented (100, 2388124)
    what "an edit counts against a limit"
    message "an approved template can be edited once in 24 hours and 10 times in 30 days"
    help "put everything that is to change into this edit"
    why "Beyond the limit Meta answers subcode 2388124; rejected and paused templates have none."
    bad r#"{"options":{"edit":{"previous":{},"status":"APPROVED"}}}"#
    good r#"{"options":{"edit":{"previous":{},"status":"REJECTED"}}}"#
    source MANAGEMENT "2026-09";

EDIT_FIELDS "edit-fields" Error "edit" Documented (100, 0)
    what "a member that an edit cannot change"
    message "an edit cannot change `{name}`"
    help "put back what it was, or create a new template; an edit may change `category`, `components` and `message_send_ttl_seconds`"
    why "Meta's guide: only category, components and time-to-live of a template can be edited."
    bad r#"{"options":{"edit":{"previous":{"language":"es"},"status":"APPROVED"}},"language":"en_US"}"#
    good r#"{"options":{"edit":{"previous":{"language":"en_US"},"status":"APPROVED"}},"language":"en_US"}"#
    source MANAGEMENT "2026-09";

EDIT_FIELDS_UNSURE "edit-fields-unsure" Warning "edit" Documented (100, 0)
    what "a member about whose edits Meta's pages differ"
    message "Meta's guide does not let an edit change `{name}`, its reference does"
    help "put back what it was, or check afterwards that Meta has taken it"
    why "The guide names category, components and time-to-live; the reference of the same call lists this member as well."
    bad r#"{"options":{"edit":{"previous":{},"status":"REJECTED"}},"sub_category":"ORDER_STATUS"}"#
    good r#"{"options":{"edit":{"previous":{"sub_category":"ORDER_STATUS"},"status":"REJECTED"}},"sub_category":"ORDER_STATUS"}"#
    source API "2026-09";

EDIT_CATEGORY "edit-category" Error "edit" Documented (100, 3835031)
    what "an edit changes the category of an approved template"
    message "the category of an approved template cannot be edited"
    help "put back what it was, or create a new template"
    why "Meta's guide: the category of an approved template cannot be edited. Live answers of 2026 have subcode 3835031."
    bad r#"{"options":{"edit":{"previous":{"category":"MARKETING"},"status":"APPROVED"}},"category":"UTILITY"}"#
    good r#"{"options":{"edit":{"previous":{"category":"MARKETING"},"status":"REJECTED"}},"category":"UTILITY"}"#
    source MANAGEMENT "2026-09";

EDIT_COMPONENT_DROPPED "edit-component-dropped" Warning "edit" Documented (0, 0)
    what "an edit deletes a component"
    message "the edit has no {name}; the one that the template has will be deleted"
    help "if it is to stay, put it into the edit as well"
    why "Meta replaces all components by those of the edit."
    bad r#"{"options":{"edit":{"previous":{"components":[{"type":"BODY","text":"It comes today."},{"type":"FOOTER","text":"Thanks"}]},"status":"APPROVED"}}}"#
    good r#"{"options":{"edit":{"previous":{"components":[{"type":"BODY","text":"It comes today."}]},"status":"APPROVED"}}}"#
    source MANAGEMENT "2026-09";

EDIT_PREVIOUS_UNREADABLE "edit-previous-unreadable" Warning "edit" Policy (0, 0)
    what "what is edited cannot be read"
    message "the definition that this edit changes is not a JSON object, so what the edit changes was not judged"
    help "give the template as Meta's GET answers it"
    why "Whether an edit changes what it may not shows only beside what was there before."
    bad r#"{"options":{"edit":{"previous":[],"status":"APPROVED"}}}"#
    good r#"{"options":{"edit":{"previous":{},"status":"APPROVED"}}}"#
    source MANAGEMENT "2026-09";
}
