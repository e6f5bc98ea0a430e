import type { Message } from "@bufbuild/protobuf";
import type { Route } from "../request/create-route.js";
import type { StreamFormat } from "./stream-format.js";

/** What a stream gives at a time. */
export type Item = Message | readonly Message[];

/** Writes what streams give; a frozen list that goes to one stream after the other is written once. */
export class ItemWriter {
  #last: { list: Item; route: Route; format: StreamFormat; text: string } | undefined;

  write(item: Item, route: Route, format: StreamFormat): string {
    const last = this.#last;
    if (last?.list === item && last.route === route && last.format === format) return last.text;
    const { method } = route.binding;
    if (!isList(item)) return format.message(route.write(item), item, method);
    let text = "";
    for (const message of item) text += format.message(route.write(message), message, method);
    // Another list may be filled anew and given again.
    if (Object.isFrozen(item)) this.#last = { list: item, route, format, text };
    return text;
  }
}

/** Whether a stream gives several messages at a time. */
export function isList(item: Item): item is readonly Message[] {
  return Array.isArray(item);
}
