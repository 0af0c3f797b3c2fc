/** Refusals as the Graph API words them: one row per code, one class, one envelope. */

import { randomBytes } from "node:crypto";

/** HTTP status and title of each code that the sandbox can answer by itself or by a fault. */
const CODES: Record<number, readonly [status: number, title: string]> = {
  1: [400, "An unknown error has occurred."],
  2: [503, "Service temporarily unavailable"],
  3: [500, "Capability or permissions issue."],
  4: [400, "Application request limit reached"],
  10: [403, "Application does not have permission for this action"],
  33: [400, "Parameter value is not valid"],
  100: [400, "Invalid parameter"],
  104: [401, "An access token is required to request this resource"],
  190: [401, "Invalid OAuth access token - Cannot parse access token"],
  192: [400, "Invalid phone number"],
  200: [403, "Permissions error"],
  368: [403, "Temporarily blocked for policies violations"],
  80007: [400, "Rate limit issues"],
  130429: [400, "Rate limit hit"],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, "Business account is restricted from messaging users in this country."],
  131000: [500, "Something went wrong"],
  131005: [403, "Access denied"],
  131008: [400, "Required parameter is missing"],
  131009: [400, "Parameter value is not valid"],
  131016: [500, "Service unavailable"],
  131021: [400, "Recipient cannot be sender"],
  131026: [400, "Message undeliverable"],
  131030: [400, "Recipient phone number not in allowed list"],
  131031: [403, "Business Account locked"],
  131042: [400, "Business eligibility payment issue"],
  131045: [500, "Incorrect certificate"],
  131047: [400, "Re-engagement message"],
  131048: [400, "Spam rate limit hit"],
  131049: [400, "This message was not delivered to maintain healthy ecosystem engagement."],
  131050: [400, "User has stopped receipt of marketing messages"],
  131051: [400, "Unsupported message type"],
  131053: [400, "Media upload error"],
  // Tables of 2025 say 400; answers seen in the wild are 429.
  131056: [429, "(Business Account, Consumer Account) pair rate limit hit"],
  131057: [500, "Account in maintenance mode"],
  131058: [400, "Hello World templates can only be sent from the Public Test Numbers"],
  131059: [400, "Invalid cursor"],
  131062: [400, "Business-scoped user ID recipients are not supported for this message"],
  131063: [400, "Marketing templates are disabled for Cloud API"],
  132000: [400, "Number of parameters does not match the expected number of params"],
  132001: [404, "Template name does not exist in the translation"],
  132005: [400, "Translated text too long"],
  132007: [400, "Template content violates a WhatsApp policy"],
  132012: [400, "Parameter format does not match format in the created template"],
  132015: [400, "Template is paused"],
  132016: [400, "Template is disabled"],
  132018: [400, "There's an issue with the parameters in your template"],
  132068: [400, "Flow is blocked"],
  132069: [400, "Flow is throttled"],
  133004: [503, "Server temporarily unavailable"],
  133010: [400, "Phone number not registered"],
  134100: [400, "Only marketing messages supported"],
  134102: [500, "Template unavailable for use"],
  135000: [400, "Generic user error"],
};

/** The title of a code, or a plain sentence for a code outside the table. */
export function titleOf(code: number): string {
  return CODES[code]?.[1] ?? "An unknown error has occurred.";
}

/** What can be said about a refusal besides its code. */
export interface ErrorExtras {
  /** Replaces the table's HTTP status. */
  status?: number;
  /** Replaces `(#code) title`. */
  message?: string;
  /** Goes into `error_data.details`. */
  details?: string;
  subcode?: number;
  type?: string;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

/** A refusal on its way to becoming an HTTP answer. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: number;
  readonly extras: ErrorExtras;

  constructor(code: number, extras: ErrorExtras = {}) {
    super(extras.message ?? (code === 190 ? titleOf(code) : `(#${code}) ${titleOf(code)}`));
    this.code = code;
    this.extras = extras;
    this.status = extras.status ?? CODES[code]?.[0] ?? 400;
  }

  /** The JSON body of the answer. */
  body(): object {
    const { type, subcode, isTransient, userTitle, userMessage, details } = this.extras;
    return {
      error: {
        message: this.message,
        type: type ?? "OAuthException",
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(isTransient === undefined ? {} : { is_transient: isTransient }),
        ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
        ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
        ...(details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details } }),
        fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
      },
    };
  }
}

/** Code 100 with a sentence of its own, as Graph answers when the shape of a body is wrong. */
export function invalid(sentence: string): GraphError {
  return new GraphError(100, { message: `(#100) ${sentence}` });
}
