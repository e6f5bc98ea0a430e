/** A module that is measured. */
export interface SizeCandidate {
  /** What the table calls it. */
  readonly name: string;
  /** What an app of one's own would write. */
  readonly source: string;
  /** Whether it is one of `peers/`, not of this repository. */
  readonly isPeer: boolean;
}

const ours = (name: string, source: string): SizeCandidate => ({ name, source, isPeer: false });
const peer = (name: string, source: string): SizeCandidate => ({ name, source, isPeer: true });

/** Ours, and what people would take instead. */
export const sizeCandidates: readonly SizeCandidate[] = [
  ours("@smartcall/client", 'export { Smartcall, SmartcallError } from "@smartcall/client";'),
  ours(
    "@smartcall/streaming",
    'export { SmartcallStreaming, SmartcallError } from "@smartcall/streaming";',
  ),
  ours(
    "@smartcall/streaming/proto",
    `export { SmartcallStreaming, SmartcallError } from "@smartcall/streaming";
export { protobuf } from "@smartcall/streaming/proto";`,
  ),
  peer("openapi-fetch", 'export { default } from "openapi-fetch";'),
  peer(
    "@connectrpc/connect-web",
    `export { createConnectTransport } from "@connectrpc/connect-web";
export { createClient } from "@connectrpc/connect";`,
  ),
  peer("openai", 'export { default } from "openai";'),
  peer("@anthropic-ai/sdk", 'export { default } from "@anthropic-ai/sdk";'),
];
