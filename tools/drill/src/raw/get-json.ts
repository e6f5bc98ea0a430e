import { get, type IncomingMessage } from "node:http";

/** Gets JSON on a connection of its own, which leaves nothing behind. */
export async function getJson<Answer>(url: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on("error", reject);
  });
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return JSON.parse(text) as Answer;
}
