/** What the tests and the Worker under test agree on. */

export const SENDER = { phoneNumberId: "106540352242922", wabaId: "102290129340398" };
export const API_KEY = "key-of-the-tests";
export const OTHER_API_KEY = "key-of-another-tenant";
export const APP_SECRETS = ["app-secret-old", "app-secret-new"];
export const VERIFY_TOKEN = "verify-token-of-the-tests";
