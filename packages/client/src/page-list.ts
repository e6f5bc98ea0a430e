import { SmartcallError } from "@smartcall/protocol/sdk";
import type { ResponsePromise } from "./response-promise.js";

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Asks for the next page; empty on the last one. */
  readonly nextPageToken: string;
  /** The next page; undefined on the last one. */
  nextPage(): Promise<Page<Item> | undefined>;
}

/** A page as a gateway answers it. */
export type PageData<Item> = Pick<Page<Item>, "items" | "nextPageToken">;

const message = "The next page is this page.";

/** A list of items, each page of them asked for when it is needed. */
export class PageList<Item> implements AsyncIterable<Item> {
  readonly #read: (pageToken: string) => ResponsePromise<PageData<Item>>;
  readonly #first: string;

  constructor(read: (pageToken: string) => ResponsePromise<PageData<Item>>, first = "") {
    this.#read = read;
    this.#first = first;
  }

  /** The first page, and from there the `nextPage()` of each. */
  page(): ResponsePromise<Page<Item>> {
    return this.#page(this.#first);
  }

  /** All pages. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let page: Page<Item> | undefined = await this.page();
    while (page) {
      yield page;
      page = await page.nextPage();
    }
  }

  /** The items of all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }

  #page(pageToken: string): ResponsePromise<Page<Item>> {
    return this.#read(pageToken).map((data) => ({
      ...data,
      nextPage: async () => {
        const next = data.nextPageToken;
        if (next && next === pageToken) throw new SmartcallError({ reason: "INTERNAL", message });
        return next ? this.#page(next) : undefined;
      },
    }));
  }
}
