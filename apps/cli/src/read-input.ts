import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { text } from "node:stream/consumers";
import type { CallInput, PartInput } from "@smartcall/client";
import { UsageError } from "./usage-error.js";

/** What a command was given to say. */
export interface GivenInput {
  readonly words: readonly string[];
  readonly data?: string | undefined;
  readonly files?: readonly string[] | undefined;
}

/**
 * What to tell an agent: the words, or standard input for `-` or nothing, or data, with files.
 *
 * @throws {UsageError} naming what cannot be read.
 */
export async function readInput({ words, data, files = [] }: GivenInput): Promise<CallInput> {
  if (data !== undefined) {
    if (words.length > 0 || files.length > 0) {
      throw new UsageError("--data is the whole input; leave out the text and --file");
    }
    return { data: await readData(data) };
  }
  const said = await readText(words, files.length > 0);
  if (files.length === 0) {
    if (said) return said;
    throw new UsageError("there is nothing to say: give a text, - for standard input, or --data");
  }
  const parts = await Promise.all(files.map(filePart));
  return { message: { parts: [...(said ? [{ text: said }] : []), ...parts] } };
}

async function readText(words: readonly string[], isOptional: boolean): Promise<string> {
  const isPiped = words.length === 0 && !isOptional && !process.stdin.isTTY;
  if (isPiped || (words.length === 1 && words[0] === "-")) return text(process.stdin);
  return words.join(" ");
}

async function readData(given: string): Promise<unknown> {
  const source =
    given === "-" ? "standard input" : given.startsWith("@") ? given.slice(1) : "--data";
  const json =
    given === "-"
      ? await text(process.stdin)
      : given.startsWith("@")
        ? (await readBytes(source)).toString("utf8")
        : given;
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UsageError(`${source} is no JSON: ${(error as Error).message}`);
  }
}

/** Media types of texts that are worth telling; the others are text or bytes. */
const mediaTypes: Readonly<Record<string, string>> = {
  ".md": "text/markdown",
  ".html": "text/html",
  ".csv": "text/csv",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
};

/** A file as a part: as text where it is UTF-8, else as bytes. */
async function filePart(path: string): Promise<PartInput> {
  const bytes = await readBytes(path);
  const filename = basename(path);
  const known = mediaTypes[extname(path).toLowerCase()];
  try {
    const said = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!said.includes("\0")) return { text: said, filename, mediaType: known ?? "text/plain" };
  } catch {
    // No text.
  }
  const mediaType = known ?? "application/octet-stream";
  return { raw: bytes.toString("base64"), filename, mediaType };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
