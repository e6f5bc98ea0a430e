import type { MessageInput } from "@smartcall/protocol/openapi";

/** What an agent is to do: a text for short, or exactly one of text, data and a whole message. */
export type CallInput =
  | string
  | { readonly text: string }
  | { readonly data: unknown }
  | { readonly message: MessageInput };

/** The input as the body of a request says it. */
export function toInputBody(
  input: CallInput,
): { text: string } | { data: unknown } | { message: MessageInput } {
  return typeof input === "string" ? { text: input } : input;
}

/** The input as a whole message. */
export function toMessageInput(input: CallInput): MessageInput {
  const body = toInputBody(input);
  return "message" in body ? body.message : { parts: [body] };
}
