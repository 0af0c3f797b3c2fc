/** The routes that imitate Graph: send, list and create templates, look at the phone number. */

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptsFirst, misanswer, reset, sendJson } from "./answers.ts";
import { createTemplate } from "./create.ts";
import { GraphError, invalid } from "./errors.ts";
import type { Match, Strike } from "./faults.ts";
import { judgeSend } from "./judge.ts";
import type { Accept, RequestEntry } from "./ledger.ts";
import { parseJson, readBody } from "./request.ts";
import { glimpse, type SendRoute } from "./send/envelope.ts";
import type { State } from "./state.ts";
import { project } from "./templates.ts";
import { answerOf } from "./transcript.ts";

/** The version that a path without one is taken for. */
const CURRENT_VERSION = 25;

/** Answers any request that is not for the control API. */
export async function handleGraph(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { version, object, edge } = split(url.pathname);
  response.setHeader("facebook-api-version", `v${version}.0`);
  response.setHeader("x-fb-request-id", randomUUID());
  const entry = state.ledger.request(request.method ?? "", url.pathname);
  try {
    const sendRoute = edge === "messages" || edge === "marketing_messages" ? edge : null;
    if (request.method === "POST" && sendRoute) {
      await handleSend(state, request, response, entry, sendRoute, object, version);
    } else {
      await handleRest(state, request, response, entry, url, object, edge);
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    refuse(response, entry, error);
  }
}

function split(pathname: string): { version: number; object: string; edge: string } {
  const [, number, rest = ""] = /^\/(?:v(\d+)\.\d+\/)?(.*)$/.exec(pathname) ?? [];
  const [object = "", edge = ""] = rest.split("/");
  return { version: number === undefined ? CURRENT_VERSION : Number(number), object, edge };
}

function refuse(response: ServerResponse, entry: RequestEntry, error: GraphError): void {
  entry.status = error.status;
  entry.code = error.code;
  entry.details = error.extras.details ?? error.message;
  sendJson(response, error.status, error.body());
}

async function handleSend(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  entry: RequestEntry,
  route: SendRoute,
  object: string,
  version: number,
): Promise<void> {
  const leave = state.ledger.enter();
  entry.inFlight = state.ledger.inFlight;
  response.once("close", () => {
    leave();
    entry.answer = answerOf(response);
  });

  const blind = state.faults.takeUnread();
  if (blind) {
    entry.fault = blind.kind;
    return reset(response);
  }
  const payload = await readBody(request);
  const body = parseJson(payload);
  const seen = glimpse(body);
  Object.assign(entry, seen);
  const strike = state.faults.take("messages", seen);
  note(entry, strike);
  await pause(strike);

  if (strike.answer && !acceptsFirst(strike.answer)) return misanswer(strike.answer, response, null);
  const accept = judge(state, request, payload, body, route, object, version);
  entry.wamid = accept.wamid;
  const followUp = state.statuses.schedule(accept, strike.answer, strike.webhook);
  await followUp.before();
  const answer = success(accept);
  if (strike.answer) {
    misanswer(strike.answer, response, answer);
  } else {
    entry.status = 200;
    sendJson(response, 200, answer);
    // The client can react from here on, before Node says that the response is closed.
    leave();
  }
  followUp.after();
}

/** Everything that Graph looks at, in one order: token, number, shape, template, limits. Ends in an accept or throws. */
function judge(
  state: State,
  request: IncomingMessage,
  payload: Buffer,
  body: unknown,
  route: SendRoute,
  object: string,
  version: number,
): Accept {
  const { config, templates, pairs, ledger } = state;
  checkToken(state, request);
  if (object !== config.phoneNumberId) throw unknownObject("post", object);
  if (body === undefined) throw invalid("The body is not valid JSON.");
  const { send, definition } = judgeSend(body, (name, language) => templates.sendable(name, language), {
    route,
    version,
    now: Date.now(),
  });
  const { recipient, callbackId } = send;
  if (recipient.waId === config.displayPhoneNumber) {
    throw new GraphError(131021, { details: "Recipient phone number cannot be the sender phone number" });
  }
  if (config.allowedRecipients && !isAllowed(config.allowedRecipients, recipient.input, recipient.waId)) {
    throw new GraphError(131030, {
      details:
        "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
    });
  }
  pairs.take(recipient.waId ?? recipient.input, config.pairLimit, Date.now());
  return ledger.accept(
    {
      to: recipient.input,
      waId: recipient.waId,
      userId: recipient.userId,
      callbackId,
      template: definition.name,
      language: definition.language,
      category: definition.category,
    },
    payload,
  );
}

function isAllowed(allowed: string[], input: string, waId: string | null): boolean {
  const plain = (number: string): string => number.replace(/[\s()+-]/g, "");
  return allowed.some((each) => plain(each) === plain(input) || plain(each) === waId);
}

function success(accept: Accept): object {
  const { to, waId, userId, wamid } = accept;
  const id = userId ? { user_id: userId } : waId ? { wa_id: waId } : {};
  const group = userId || waId ? {} : { group_id: to };
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: to, ...id }],
    messages: [{ id: wamid, ...group, message_status: "accepted" }],
  };
}

async function handleRest(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  entry: RequestEntry,
  url: URL,
  object: string,
  edge: string,
): Promise<void> {
  const payload = await readBody(request);
  const { config, templates } = state;
  const isTemplates = edge === "message_templates";
  const strike = state.faults.take(routeOf(isTemplates), {
    to: null,
    callbackId: null,
    template: url.searchParams.get("name"),
  });
  note(entry, strike);
  await pause(strike);
  if (strike.answer && !acceptsFirst(strike.answer)) return misanswer(strike.answer, response, null);
  checkToken(state, request);
  const fields = url.searchParams.get("fields");
  const method = request.method ?? "";
  const answer = (body: object): void => {
    entry.status = 200;
    if (strike.answer) misanswer(strike.answer, response, body);
    else sendJson(response, 200, body);
  };

  if (isTemplates && object === config.wabaId) {
    if (method === "GET") return answer(templates.page(url));
    if (method === "POST") return answer(createTemplate(state, parseJson(payload)));
  }
  if (method === "GET" && edge === "subscribed_apps" && object === config.wabaId) {
    // Who hears of this account: nobody, when webhooks go nowhere.
    const app = {
      id: "670843887433847",
      name: "Sandbox app",
      link: "https://www.facebook.com/games/?app_id=670843887433847",
    };
    return answer({ data: config.webhookUrl === null ? [] : [{ whatsapp_business_api_data: app }] });
  }
  if (method === "GET" && edge === "") {
    if (object === config.phoneNumberId) return answer(phoneNumber(state));
    if (object === config.wabaId) return answer({ id: config.wabaId, name: "Sandbox business", currency: "EUR" });
    const definition = templates.byId(object);
    if (definition) return answer(project(definition, fields));
  }
  throw unknownObject(method.toLowerCase(), object);
}

function routeOf(isTemplates: boolean): NonNullable<Match["route"]> {
  return isTemplates ? "templates" : "probe";
}

function phoneNumber({ config }: State): object {
  return {
    id: config.phoneNumberId,
    display_phone_number: `+${config.displayPhoneNumber}`,
    verified_name: "Sandbox business",
    quality_rating: "GREEN",
    code_verification_status: "VERIFIED",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
  };
}

function checkToken({ config }: State, request: IncomingMessage): void {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === config.token) return;
  if (token !== undefined && config.expiredTokens.includes(token)) {
    throw new GraphError(190, {
      subcode: 463,
      message:
        "Error validating access token: Session has expired on Sunday, 01-Nov-26 00:00:00 PST. The current time is past it.",
    });
  }
  throw new GraphError(190);
}

function unknownObject(method: string, object: string): GraphError {
  return new GraphError(100, {
    subcode: 33,
    type: "GraphMethodException",
    message:
      `Unsupported ${method} request. Object with ID '${object}' does not exist, ` +
      "cannot be loaded due to missing permissions, or does not support this operation.",
  });
}

function note(entry: RequestEntry, strike: Strike): void {
  const kinds = Object.values(strike).map((fault) => fault.kind);
  entry.fault = kinds.length > 0 ? kinds.join("+") : null;
}

async function pause(strike: Strike): Promise<void> {
  const ms = strike.delay?.params["ms"];
  if (strike.delay) await new Promise((resolve) => setTimeout(resolve, typeof ms === "number" ? ms : 1000));
}
