import { decode } from "./inline.js";
import * as api from "./message.js";
import * as bytes from "./message-bytes.js";
import { message } from "./message-core.js";

message.comesFrom(() => decode(bytes));

// Not `export … from`: a bundler would take these from where they come, and leave the line above out.
export const { checkPayload, classifyResponse, readWebhook, sanitizeText, Template } = api;
