// Webhooks as https://www.standardwebhooks.com has them, with nothing but WebCrypto.
export { type SignWebhookOptions, signWebhook } from "./webhooks/sign-webhook.js";
export { type VerifyWebhookOptions, verifyWebhook } from "./webhooks/verify-webhook.js";
