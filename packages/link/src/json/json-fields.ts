import type { SmartcallError } from "@smartcall/protocol/sdk";
import { notJson } from "./json-scanner.js";

/** Reads the fields of one message in proto JSON: one that is absent or null has its zero value. */
export class JsonFields {
  readonly object: Readonly<Record<string, unknown>>;
  readonly #path: string;

  private constructor(object: Readonly<Record<string, unknown>>, path: string) {
    this.object = object;
    this.#path = path;
  }

  /** @throws {SmartcallError} `LINK_BROKEN` when it is no object. */
  static from(json: unknown, path: string): JsonFields {
    if (isRecord(json)) return new JsonFields(json, path);
    throw notJson(`${path} is to be an object`);
  }

  text(name: string): string {
    const value = this.object[name] ?? "";
    if (typeof value === "string") return value;
    throw this.wrong(name, "a string");
  }

  uint32(name: string): number {
    const value = this.object[name] ?? 0;
    if (typeof value === "number" && value >= 0 && value === value >>> 0) return value;
    throw this.wrong(name, "a number from 0 to 4294967295");
  }

  flag(name: string): boolean {
    const value = this.object[name] ?? false;
    if (typeof value === "boolean") return value;
    throw this.wrong(name, "true or false");
  }

  record(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.object[name] ?? undefined;
    if (value === undefined || isRecord(value)) return value;
    throw this.wrong(name, "an object");
  }

  wrong(name: string, wanted: string): SmartcallError {
    return notJson(`${this.#path}.${name} is to be ${wanted}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
