import type { Message, Outcome, Template } from "./index.js";

export interface SendOptions {
  /** The id of the sending phone number (not the number itself). */
  phoneNumberId: string;
  /** A system user's access token. It appears in no error. */
  token: string;
  /** `v25.0` by default. */
  graphVersion?: string;
  /** `https://graph.facebook.com` by default. */
  endpoint?: string;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** 30 seconds by default, the answer's body included. */
  timeoutMs?: number;
}

/**
 * Builds the message and POSTs it once. Never sends again: the outcome says whether the caller may.
 * @throws {PreflightError} before anything is sent, if the message would be refused
 */
export function sendMessage(template: Template, message: Message, options: SendOptions): Promise<Outcome>;

/**
 * Whether a webhook comes from Meta: its `X-Hub-Signature-256` header against the body's bytes as they came.
 * False without a signature and without a secret; an empty secret never matches.
 */
export function verifyWebhook(
  body: Uint8Array | ArrayBuffer,
  signature: string | null | undefined,
  secrets: readonly (string | undefined)[],
): Promise<boolean>;
