// `using` has its types here; a project with an older `lib` compiles all the same.
/// <reference lib="esnext.disposable" />
import type { LimitName, RuleCode } from "./generated.js";

export type { LimitName, RuleCode };

/** An index into an array or a key of an object, from the root inwards. */
export type Path = (string | number)[];

/** A Uint8Array over an ArrayBuffer, which TypeScript tells from one over shared memory since 5.7: `Blob` and `fetch` take it. */
type Bytes = ReturnType<Uint8Array["slice"]>;

export type Severity = "error" | "warning" | "info";

/**
 * How a rule is known: from Meta's text, from an error that Meta gave, from vendors and logic, or because we think it
 * unsafe.
 */
export type Evidence = "documented" | "observed" | "inferred" | "policy";

/** A range of UTF-16 code units, end exclusive: what `String.prototype.slice` takes. */
export interface Span {
  start: number;
  end: number;
}

/** Every finding of one check, in document order. */
export interface Report {
  /** No diagnostic is an error. */
  ok: boolean;
  /** False where something could not be judged. */
  complete: boolean;
  diagnostics: Diagnostic[];
  /** How much of each limit is used: for counters. */
  measures: Measure[];
}

/** One finding. */
export interface Diagnostic {
  code: RuleCode;
  severity: Severity;
  /** Where in the checked value. */
  path: Path;
  /** The parameter it concerns, as `parameters()` names it. */
  key?: string;
  /** Where in the string at `path`. */
  span?: Span;
  /** Where in the JSON text, when text was checked. */
  source?: Span;
  /** What is wrong. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** The numbers and names of `message`, for translations. */
  params: Record<string, string | number>;
  fixes?: Fix[];
  evidence: Evidence;
  /** What Meta would answer. */
  meta?: MetaError;
  /** The rule's documentation, in this package. */
  url: string;
}

/** Meta's error for a fault. */
export interface MetaError {
  code: number;
  subcode?: number;
  details?: string;
}

/** One way to mend a finding; apply it with {@link applyFix}. */
export interface Fix {
  title: string;
  /** The meaning stays the same, so it may be applied without asking. */
  safe: boolean;
  /** Only `add`, `replace` and `remove` are made and applied. */
  patch: Operation[];
  /** The same change as edits of the JSON text, when text was checked. */
  textEdits?: TextEdit[];
}

/** An operation of RFC 6902 (JSON Patch). */
export type Operation =
  | { op: "add" | "replace" | "test"; path: string; value: unknown }
  | { op: "remove"; path: string }
  | { op: "move" | "copy"; path: string; from: string };

export interface TextEdit extends Span {
  text: string;
}

/** How much of a limit is used. */
export interface Measure {
  path: Path;
  key?: string;
  name: string;
  used: number;
  max: number;
  unit: string;
}

/** One thing that sanitizing changed, at its place in the text before the change. */
export interface Change extends Span {
  before: string;
  after: string;
  reason: string;
}

/** A row of the rule catalogue; why, samples and sources are in `wa-preflight/rules.json`. */
export interface Rule {
  code: RuleCode;
  severity: Severity;
  /** The part of a definition or message that it judges. */
  part: string;
  what: string;
  /** As in the catalogue: a name in braces, such as `{remedy}`, stands for what a finding says there. */
  help?: string;
  evidence: Evidence;
  meta?: MetaError;
  url: string;
}

/** A row of the limits table. */
export interface Limit {
  name: LimitName;
  /** What is counted, in words. */
  noun: string;
  max: number;
  unit: string;
  source: string;
  /** When the source was read last. */
  checked: string;
}

export interface CommonOptions {
  /** The time in milliseconds; the present one when it is missing. */
  now?: number;
  /** Limits of an account that differ from the public ones. */
  limits?: Partial<Record<LimitName, number>>;
  /** Other severities for single rules. */
  policy?: Partial<Record<RuleCode, Severity | "off">>;
}

export interface CheckOptions extends CommonOptions {
  /**
   * The definition comes from Meta: read-only fields, media URLs in place of handles and the like are fine. Unless its
   * `status` is REJECTED, PENDING or IN_APPEAL Meta has taken it, and whatever it would not take today is a warning.
   */
  readback?: boolean;
  /** The definition is to replace this one, which has that status: reports what an edit may not change. */
  edit?: { previous: object | string; status: string };
}

export interface MessageOptions extends CommonOptions {
  /** `"optional"` for a form in which the recipient comes later. */
  recipient?: "required" | "optional";
}

export interface BuildOptions extends CommonOptions {
  /** Sanitizes the values first: the same bytes as `build(sanitize(message).message)`. */
  sanitize?: boolean;
}

/** How the rows of a batch are read and judged. */
export interface BatchOptions extends BuildOptions {
  /** Takes the good rows when others are rejected. Without it one rejected row leaves no payload. */
  partial?: boolean;
  /** What the rows are written in; the first character tells it when it is not given. */
  format?: "ndjson" | "csv";
  /**
   * The parameter key (or `to`, `callbackData` …) that each column of a table stands for, where its name is another; `""`
   * leaves a column out.
   */
  columns?: Record<string, string>;
  /** What holds for every row that does not say otherwise: one header image, for instance. */
  defaults?: Partial<Message>;
  /** The country (`FR`) or calling code (`+33`) of phone numbers that have none. */
  defaultCountry?: string;
  /** The encoding of bytes that are not UTF-8, as `TextDecoder` names it: `"windows-1252"`. */
  encoding?: string;
  /** How many rejected and how many changed rows are described; all are counted. 1,000 when it is missing. */
  maxReported?: number;
}

/** The beginning of a file of rows. */
export interface BatchHead {
  /** A workbook (.xlsx, .ods, .xls) has no rows that could be read: judged, it is one row with the error `rows-workbook`. */
  format: "ndjson" | "csv" | "workbook";
  /** The columns of a table, in order; lines of JSON have none. */
  columns: BatchColumn[];
}

export interface BatchColumn {
  name: string;
  /** What it stands for: a parameter key, or `to`, `callbackData` …; missing when the column is left out. */
  key?: string;
  /** The key that was probably meant: until it is in `options.columns`, no row can be right. */
  suggestion?: string;
  /** What the first row has there. */
  sample?: string;
}

export interface BatchStreamOptions extends BatchOptions {
  /** Called for each piece with what its rows came to, after its payloads were handed on. */
  onResult?: (result: BatchResult) => void;
  /** Called once, behind the last row. */
  onEnd?: (totals: BatchTotals) => void;
}

/** How many rows of a batch met which end. */
export interface BatchTotals {
  /** Rows with a payload that may be sent. */
  accepted: number;
  rejectedRows: number;
  changedRows: number;
  /** How often each rule was broken. */
  summary: Partial<Record<RuleCode, number>>;
}

/** What became of rows; of a batch in pieces, of those that the last piece completed. */
export interface BatchResult extends BatchTotals {
  /** The payloads, a line of JSON each. */
  payloads: Bytes;
  /** The row of each line, from 0. */
  rows: Uint32Array;
  /** The first rejected rows. */
  rejected: RejectedRow[];
  /** What was changed in the first changed rows. */
  changed: ChangedRow[];
}

export interface RejectedRow {
  /** From 0, without the line of column names and empty lines. */
  row: number;
  /** The line that it begins on, from 1. */
  line: number;
  /** The recipient, where it could be read. */
  to?: string;
  diagnostics: Diagnostic[];
}

export interface ChangedRow {
  row: number;
  key: string;
  changes: Change[];
}

/** A batch whose rows come in pieces of any size; its memory, some four megabytes, does not grow with them. */
export interface Batch extends Disposable {
  /**
   * Takes the next bytes; answers what they completed. Without `partial` no payload comes after the first rejected row,
   * and those that came before are not to be sent; every row is judged all the same.
   */
  push(bytes: Uint8Array | string): BatchResult;
  /** Takes the last row, if it has no line break, and frees the batch. */
  end(): BatchResult;
  /** What became of all rows so far. */
  readonly totals: BatchTotals;
  /** Frees the batch before its end; optional. */
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface Currency {
  currency: { fallback_value: string; code: string; amount_1000: number };
}

export interface DateTime {
  date_time: { fallback_value: string };
}

export type Media = { link: string; filename?: string } | { id: string; filename?: string };

/** What a message gives for one parameter: text, a number, media, or Meta's own object of the parameter's kind. */
export type Value = string | number | Currency | DateTime | Media | Record<string, unknown>;

/** A recipient and a value for each parameter key. */
export interface Message {
  /** A phone number; or give `recipient`. */
  to?: string;
  /** A business-scoped user id. */
  recipient?: string;
  recipientType?: "individual" | "group";
  values?: Record<string, Value>;
  /** Comes back in every status webhook (`biz_opaque_callback_data`). */
  callbackData?: string;
  /** The id of the message that this one answers. */
  replyTo?: string;
}

export type ParameterFormat = "POSITIONAL" | "NAMED";

/** What a parameter takes: a text, a file, or Meta's own object. */
export type ParameterKind =
  | "text"
  | "image"
  | "video"
  | "document"
  | "gif"
  | "location"
  | "product"
  | "url_suffix"
  | "payload"
  | "coupon_code"
  | "one_time_code"
  | "flow"
  | "catalog"
  | "multi_product"
  | "voice_call"
  | "order_details"
  | "payment_request"
  | "expiry"
  | "order_status"
  | "tap_target";

/** One value that a message must supply. */
export interface Parameter {
  key: string;
  kind: ParameterKind;
  label: string;
  required: boolean;
  maxLength?: number;
  example?: string;
  /** The carousel card that it belongs to, from 0. */
  card?: number;
}

/** A piece of text in one look. The text is plain: no markup and no HTML is left in it to resolve. */
export interface Run {
  text: string;
  bold?: true;
  italic?: true;
  strike?: true;
  mono?: true;
  /** Its line is a quotation, or a point of a list: a dot belongs before a `bullet`, a `number` has its own. */
  block?: "quote" | "bullet" | "number";
  /** The address that it opens; always `https://…` or `http://…`. */
  link?: string;
  /** The parameter that the text comes from. */
  key?: string;
  /** That parameter has no value yet: the text is the placeholder. */
  missing?: true;
}

/** What the recipient will see. */
export interface Preview {
  header?: PreviewHeader;
  /** The offer that ends, between header and body. */
  offer?: PreviewOffer;
  body: Run[];
  footer?: Run[];
  /** How an order stands. */
  order?: PreviewOrder;
  buttons: PreviewButton[];
  /** The cards of a carousel. */
  cards?: PreviewCard[];
  /** What the header's picture opens. */
  tapTarget?: { title: string; url: string };
  /** The client asks below the message whether the business may call. */
  asksToCall?: true;
}

export interface PreviewOffer {
  text: string;
  key?: string;
  /** When it ends, in milliseconds since 1970. */
  expiresAt?: number;
  missing?: true;
}

export interface PreviewOrder {
  key: string;
  status?: string;
  description?: string;
  missing?: true;
}

export interface PreviewCard {
  /** Its place, from 0. */
  index: number;
  header?: PreviewHeader;
  body: Run[];
  buttons: PreviewButton[];
}

export interface PreviewHeader {
  /** `text`, `image`, `video`, `document`, `gif` … */
  kind: string;
  /** A text header's text. */
  runs?: Run[];
  /** The parameter that supplies it. */
  key?: string;
  link?: string;
  id?: string;
  filename?: string;
  /** A location's name and address. */
  name?: string;
  address?: string;
  /** A product's id. */
  product?: string;
  /** The message does not supply it yet. */
  missing?: true;
}

export interface PreviewButton {
  /** Its place among all buttons. */
  index: number;
  /** Meta's word for its type, in lower case. */
  kind: string;
  text: string;
  key?: string;
  /** Where it leads, what it calls, copies or sends back. */
  value?: string;
  missing?: true;
}

/** Judges a definition. Takes any value: shape mistakes and broken JSON are findings, too. */
export function checkTemplate(definition: unknown, options?: CheckOptions): Report;

/** Judges the shape of a payload when its template is not at hand. */
export function checkPayload(payload: unknown, options?: CommonOptions): Report;

/**
 * Applies a fix of a diagnostic; text keeps its author's formatting. What a definition has gained since is kept, too.
 * @throws {TypeError} if the fix's place is not there any more
 */
export function applyFix<T extends object | string>(definition: T, fix: Fix): T;

/** Changes what Meta would refuse in a parameter's text, and lists every change. */
export function sanitizeText(text: string, options?: CommonOptions): { text: string; changes: Change[] };

/** A definition that the core has compiled. It does not judge the definition: an approved template is taken as it is. */
export class Template implements Disposable {
  /**
   * The options hold while the definition is read. What messages are judged with, limits and policy too, each call is told.
   * @throws {PreflightError} if no message could be built from the definition
   */
  constructor(definition: object | string, options?: CheckOptions);
  readonly name: string;
  readonly language: string;
  readonly category: string | undefined;
  readonly parameterFormat: ParameterFormat;
  /** What a message must supply: for forms. */
  parameters(): Parameter[];
  /** Judges a message's recipient and values. */
  check(message: Partial<Message>, options?: MessageOptions): Report;
  /** Judges a ready-made body of the Cloud API, or just its `components` array. */
  checkPayload(payload: unknown, options?: CommonOptions): Report;
  /** Changes what Meta would refuse in the values, and lists every change. */
  sanitize(message: Message, options?: CommonOptions): { message: Message; changes: (Change & { key: string })[] };
  /**
   * The exact JSON body of the POST.
   * @throws {PreflightError} if the message would be refused
   */
  build(message: Message, options?: BuildOptions): string;
  /**
   * Judges many rows and builds their payloads. A row is a {@link Message} in a line of JSON, or flat
   * (`{"to": "+33…", "body.1": "Ana"}`), or a line of a table whose first line names the same keys.
   * @throws {PreflightError} if `options.defaults` cannot be read; whatever else is wrong with them rejects the rows that
   *   have it from them
   */
  buildBatch(rows: Uint8Array | string, options?: BatchOptions): BatchResult;
  /**
   * How the beginning of a file is read: what its columns stand for with these options, and what the first row has in
   * them. For a form in which a person says which column is which.
   */
  columns(rows: Uint8Array | string, options?: BatchOptions): BatchHead;
  /** The same for rows that come in pieces. A recipient is known again for some hundred thousand rows. */
  batch(options?: BatchOptions): Batch;
  /**
   * The same as a stream from rows to payloads. Without `partial`, a rejected row makes it fail with a
   * {@link PreflightError} once every row was judged: what it gave is not to be sent.
   */
  batchStream(options?: BatchStreamOptions): TransformStream<Uint8Array, Bytes>;
  /** What the recipient will see, as far as the values are known. */
  preview(message: Partial<Message>): Preview;
  /** Optional: a template that nobody holds any more is freed with its last reference. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** A refusal, with everything that is wrong. */
export class PreflightError extends Error {
  constructor(report: Report);
  readonly report: Report;
}

export type OutcomeClass =
  | "accepted"
  | "not_sent"
  | "throttled"
  | "transient"
  | "invalid"
  | "template"
  | "recipient"
  | "recipient_wait"
  | "account"
  | "unknown";

/** What the answer to a POST means. */
export interface Outcome {
  class: OutcomeClass;
  /** Whether the same message may be sent again. */
  resend: "safe" | "after" | "never" | "only_if_unconfirmed";
  /** With `resend: "after"`: not sooner than in this many milliseconds. */
  afterMs?: number;
  code?: number;
  subcode?: number;
  details?: string;
  messageId?: string;
  messageStatus?: string;
  /** The answer is of no known kind. */
  unclassified?: true;
  /** What to do, in a sentence. */
  action: string;
}

export type HeadersLike = Iterable<readonly [string, string]> | Record<string, string | readonly string[] | undefined>;

/** An answer of the Graph API, or why there is none. */
export interface ResponseLike {
  status?: number | undefined;
  headers?: HeadersLike | undefined;
  /** As it was read: text, bytes or what was parsed; no stream and no promise. */
  body?: string | Uint8Array | ArrayBuffer | object | null | undefined;
  /** `"not_connected"` only where it is proven that nothing was sent. */
  transport?: "not_connected" | "timeout" | "reset" | "decode_error" | undefined;
}

/** Tells what the answer to a POST means, and whether the message may be sent again. */
export function classifyResponse(response: ResponseLike, options?: { now?: number }): Outcome;

/** One error of a webhook. */
export interface StatusError {
  code?: number;
  title?: string;
  message?: string;
  /** Meta's words about this case. */
  details?: string;
  /** What the code means. */
  outcome?: Outcome;
}

/** One update of a webhook's body. */
export type WebhookEvent = StatusEvent | MessageEvent | TemplateEvent | AccountEvent | UnknownEvent;

/** What every event says of its origin. */
export interface WebhookOrigin {
  wabaId?: string;
  phoneNumberId?: string;
  /** The field that the app subscribed to. */
  field?: string;
  /** When Meta made the entry, in milliseconds. */
  time?: number;
  /** The event's part of the JSON text, as it came. */
  raw: string;
}

/** What became of a message that was accepted. */
export interface StatusEvent extends WebhookOrigin {
  kind: "status";
  /** Meta's id of the message; empty when Meta named none. */
  id: string;
  /** `sent`, `delivered`, `read`, `failed`, `played`, or a word that Meta adds. */
  status: string;
  /** In milliseconds. */
  timestamp?: number;
  /** As Meta wrote it. */
  timestampRaw?: string;
  recipientId?: string;
  recipientUserId?: string;
  /** What the sender put into `callbackData`. */
  callbackId?: string;
  errors?: StatusError[];
  /** Meta's object, as JSON text. */
  conversation?: string;
  /** Meta's object, as JSON text. */
  pricing?: string;
}

/** What a person wrote, or the business from its phone. */
export interface MessageEvent extends WebhookOrigin {
  kind: "message";
  id?: string;
  from?: string;
  /** Meta's word for its kind: `text`, `button`, `interactive` … */
  type?: string;
  timestamp?: number;
  /** The message that it answers. */
  replyTo?: string;
  /** What Meta could not pass on, or why. */
  errors?: StatusError[];
}

/** A template changed at Meta. */
export interface TemplateEvent extends WebhookOrigin {
  kind: "template";
  templateId?: string;
  name?: string;
  language?: string;
  /** What changed: `status`, `category`, `quality`, `components`, or Meta's own word. */
  change: string;
  status?: string;
  reason?: string;
  category?: string;
  quality?: string;
}

/** The account, its number or a person's preferences changed. */
export interface AccountEvent extends WebhookOrigin {
  kind: "account";
  event?: string;
  errors?: StatusError[];
}

/** Something else (what became of a payment or a call, say), or something that cannot be read. */
export interface UnknownEvent extends WebhookOrigin {
  kind: "unknown";
  /** Why it cannot be read. */
  problem?: string;
}

/** Reads a webhook's body. Never throws on what it reads: what it cannot read is an event of kind `unknown`. */
export function readWebhook(body: Uint8Array | ArrayBuffer | string): WebhookEvent[];

/** The rule catalogue. */
export function rules(): Rule[];

/** Every limit of Meta's. */
export function limits(): Limit[];
