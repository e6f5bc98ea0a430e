import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { type Ask, ask } from "../../test/ask.js";
import { Genre } from "../../test/gen/library_pb.js";
import { createLibrary } from "../../test/library-service.js";
import type { FieldProblem } from "../index.js";

const everything = (body: object | string): Ask => ({ target: "/v1/everything", body });
const list = (query: string): Ask => ({ target: `/v1/shelves/s/books?${query}` });

test.each<{ name: string; given: Ask; method: string; message: object }>([
  {
    name: "path variables of several segments",
    given: { target: "/v1/shelves/a%20b/books/c%2Fd" },
    method: "GetBook",
    message: { name: "shelves/a b/books/c%2Fd" },
  },
  {
    name: "an additional binding, and an int64 in the query",
    given: { target: "/v1/books/a%2Fb:c?revision=9007199254740993" },
    method: "GetBook",
    message: { name: "a/b:c", revision: 9007199254740993n },
  },
  {
    name: "a verb",
    given: { method: "POST", target: "/v1/books/x:archive" },
    method: "ArchiveBook",
    message: { name: "x" },
  },
  {
    name: "a body that is one field, beside query and path",
    given: { target: "/v1/shelves/s/books?validateOnly=true", body: { title: "Emma", genre: 1 } },
    method: "CreateBook",
    message: { shelf: "s", validateOnly: true, book: { title: "Emma", genre: Genre.FICTION } },
  },
  {
    name: "a variable within the body's field",
    given: { method: "PATCH", target: "/v1/books/x", body: { title: "Emma" } },
    method: "UpdateBook",
    message: { book: { name: "x", title: "Emma" } },
  },
  {
    name: "a variable that the body repeats",
    given: { method: "PATCH", target: "/v1/books/x?update_mask=title,pages", body: { name: "x" } },
    method: "UpdateBook",
    message: { book: { name: "x" }, updateMask: { paths: ["title", "pages"] } },
  },
  {
    name: "an empty body for body *",
    given: { method: "POST", target: "/v1/shelves/s/books:purge" },
    method: "PurgeBooks",
    message: { shelf: "s", force: false },
  },
  {
    name: "a body that is a list",
    given: { method: "PUT", target: "/v1/everything/books?text=x", body: [{ title: "Emma" }] },
    method: "Everything",
    message: { text: "x", books: [{ title: "Emma" }] },
  },
  {
    name: "repeated enums by name and number, under json and proto names",
    given: list("filter.genres=FICTION&filter.genres=2&filter.author_name=Jane"),
    method: "ListBooks",
    message: { filter: { genres: [1, 2], authorName: "Jane" } },
  },
  {
    name: "names of enum values in any case",
    given: list("filter.genres=fiction"),
    method: "ListBooks",
    message: { filter: { genres: [1] } },
  },
  {
    name: "a recursive message as deep as it is asked",
    given: list("filter.otherwise.otherwise.author_name=x"),
    method: "ListBooks",
    message: { filter: { otherwise: { otherwise: { authorName: "x" } } } },
  },
  {
    name: "well-known types in the query",
    given: list(
      "wait=1.5s&inPrint=true&readMask=books.title&filter.writtenAfter=2026-01-31T12:00:00Z",
    ),
    method: "ListBooks",
    message: {
      wait: { seconds: 1n, nanos: 500_000_000 },
      inPrint: true,
      readMask: { paths: ["books.title"] },
      filter: { writtenAfter: timestampFromMs(Date.UTC(2026, 0, 31, 12)) },
    },
  },
  {
    name: "a plus and %20 are spaces, %2B is a plus (envoy #13965)",
    given: list("search%5Btext%5D=a+b%20c%2Bd"),
    method: "ListBooks",
    message: { search: "a b c+d" },
  },
  {
    name: "names of parameters are decoded too (envoy #21151)",
    given: list("search[text]=%C3%BC=%26"),
    method: "ListBooks",
    message: { search: "ü=&" },
  },
  {
    name: "bytes as base64url",
    given: list("pageToken=-_8"),
    method: "ListBooks",
    message: { pageToken: new Uint8Array([251, 255]) },
  },
  {
    name: "a raw body",
    given: {
      method: "PUT",
      target: "/v1/files/a/b?overwrite=true",
      headers: { "content-type": "text/plain" },
      body: "{not json",
    },
    method: "PutFile",
    message: {
      path: "a/b",
      overwrite: true,
      content: { contentType: "text/plain", data: new TextEncoder().encode("{not json") },
    },
  },
  {
    name: "a custom method",
    given: { method: "REPORT", target: "/v1/everything?small=-1" },
    method: "Everything",
    message: { small: -1 },
  },
])("takes $name", async ({ given, method, message }) => {
  const { transcoder, calls } = createLibrary();
  const response = await ask(transcoder, given);
  expect(response).toMatchObject({ status: 200 });
  expect(calls).toMatchObject([{ method, message }]);
});

test.each<{ name: string; given: Ask; errors: FieldProblem[] }>([
  {
    name: "every bad field, not only the first",
    given: everything({
      flag: "yes",
      small: 2147483648,
      natural: -1,
      large: 2 ** 53,
      huge: "-1",
      ratio: 1e39,
      precise: "NaN",
      text: 1,
      raw: "*",
      genre: "POETRY",
      numbers: [1, 1.5, null],
      books: [{}, { pages: {}, tags: "a" }],
      counts: { a: "b" },
      byNumber: { x: {} },
      nothing: 1,
      time: "yesterday",
      wait: "1.5 s",
      mask: "snake_case",
      wrapped: [],
      metadata: [],
      list: {},
      any: { "@type": "type.example/Unknown" },
      child: { child: { flag: 0 } },
      "a/b~c d": 1,
    }),
    errors: [
      { pointer: "#/flag", detail: "expected true or false" },
      { pointer: "#/small", detail: "expected an integer from -2147483648 to 2147483647" },
      { pointer: "#/natural", detail: "expected an integer from 0 to 4294967295" },
      {
        pointer: "#/large",
        detail: "expected an integer in a string, since a JSON number cannot hold this one exactly",
      },
      { pointer: "#/huge", detail: "expected an integer from 0 to 18446744073709551615" },
      { pointer: "#/ratio", detail: "expected a number that a 32-bit float can hold" },
      { pointer: "#/precise", detail: "expected a finite number" },
      { pointer: "#/text", detail: "expected a string" },
      { pointer: "#/raw", detail: "expected base64 in a string" },
      { pointer: "#/genre", detail: "expected one of GENRE_UNSPECIFIED, FICTION, SCIENCE" },
      { pointer: "#/numbers/1", detail: "expected an integer from -2147483648 to 2147483647" },
      { pointer: "#/numbers/2", detail: "must not be null" },
      { pointer: "#/books/1/pages", detail: "expected an integer from -2147483648 to 2147483647" },
      { pointer: "#/books/1/tags", detail: "expected an array" },
      { pointer: "#/counts/a", detail: "expected an integer from -2147483648 to 2147483647" },
      {
        pointer: "#/byNumber/x",
        detail: "expected an integer from -2147483648 to 2147483647 as the name",
      },
      { pointer: "#/nothing", detail: "unknown field" },
      { pointer: "#/time", detail: "expected a time such as 2026-01-31T12:00:00Z" },
      { pointer: "#/wait", detail: "expected a duration in seconds such as 1.5s" },
      {
        pointer: "#/mask",
        detail: "expected field paths in lowerCamelCase with commas between them",
      },
      {
        pointer: "#/wrapped",
        detail: "expected an integer from -9223372036854775808 to 9223372036854775807",
      },
      { pointer: "#/metadata", detail: "expected an object" },
      { pointer: "#/list", detail: "expected an array" },
      { pointer: "#/any/@type", detail: "expected the URL of a known message" },
      { pointer: "#/child/child/flag", detail: "expected true or false" },
      { pointer: "#/a~1b~0c%20d", detail: "unknown field" },
    ],
  },
  {
    name: "path, query and body together",
    given: {
      target: "/v1/shelves/%ff/books?validateOnly=maybe&nothing=1",
      body: { pages: "many" },
    },
    errors: [
      { pointer: "#/query/validateOnly", detail: "expected true or false" },
      { pointer: "#/query/nothing", detail: "unknown parameter" },
      { pointer: "#/path/shelf", detail: "broken percent-encoding" },
      { pointer: "#/pages", detail: "expected an integer from -2147483648 to 2147483647" },
    ],
  },
  {
    name: "parameters that are broken, doubled, taken by the path, or no single values",
    given: list(
      "pageSize=1&page_size=2&%zz=1&search%5Btext%5D=%f&shelf=x&labels=a&filter=b&pageSize=",
    ),
    errors: [
      { pointer: "#/query/%25zz", detail: "broken percent-encoding" },
      { pointer: "#/query/search%5Btext%5D", detail: "broken percent-encoding" },
      { pointer: "#/query/page_size", detail: "given more than once" },
      { pointer: "#/query/shelf", detail: "unknown parameter" },
      { pointer: "#/query/labels", detail: "unknown parameter" },
      { pointer: "#/query/filter", detail: "unknown parameter" },
      { pointer: "#/query/pageSize", detail: "given more than once" },
    ],
  },
  {
    name: "any parameter where the body is everything",
    given: { target: "/v1/everything?small=1", body: {} },
    errors: [{ pointer: "#/query/small", detail: "unknown parameter" }],
  },
  {
    name: "two members of a oneof in the query",
    given: { target: "/v1/everything?left=a&right.title=b&neither=NULL_VALUE" },
    errors: [{ pointer: "#/query/neither", detail: "cannot be given together with left" }],
  },
  {
    name: "two members of a oneof in the body",
    given: everything({ left: "a", right: {} }),
    errors: [{ pointer: "#/right", detail: "cannot be given together with left" }],
  },
  {
    name: "one field under both its names",
    given: everything({ byFlag: {}, by_flag: {} }),
    errors: [{ pointer: "#/by_flag", detail: "given more than once, as byFlag and as by_flag" }],
  },
  {
    name: "a name that is given twice, also with an escape",
    given: everything('{"text":"a","child":{"text":"b","\\u0074ext":"c"},"text":"d"}'),
    errors: [
      { pointer: "#/child/text", detail: "given more than once" },
      { pointer: "#/text", detail: "given more than once" },
    ],
  },
  {
    name: "__proto__, however deep",
    given: everything('{"metadata":{"a":[{"__proto__":{"x":1}}]}}'),
    errors: [{ pointer: "#/metadata/a/0/__proto__", detail: "this name is not allowed" }],
  },
  {
    name: "numbers that are too large for a double",
    given: everything('{"metadata":{"a":1e999}}'),
    errors: [{ pointer: "#/metadata/a", detail: "the number is too large" }],
  },
  {
    name: "a body that contradicts the path",
    given: { method: "PATCH", target: "/v1/books/x", body: { name: "y" } },
    errors: [{ pointer: "#/name", detail: "differs from x in the path" }],
  },
  {
    name: "text after the JSON",
    given: everything('{"text":"a"}\n x'),
    errors: [
      {
        pointer: "#",
        detail: 'not JSON: expected the end of the body but found "x" at line 2, column 2',
      },
    ],
  },
  {
    name: "a comma too many",
    given: everything('{"text":"a",}'),
    errors: [
      { pointer: "#", detail: 'not JSON: expected a name in " but found "}" at line 1, column 13' },
    ],
  },
  {
    name: "a body that is no object",
    given: everything("[]"),
    errors: [{ pointer: "#", detail: "expected an object" }],
  },
  {
    name: "a body that is null",
    given: everything("null"),
    errors: [{ pointer: "#", detail: "expected an object" }],
  },
  {
    name: "bytes that are no UTF-8",
    given: { target: "/v1/everything", body: new Uint8Array([0x22, 0xc3, 0x28, 0x22]) },
    errors: [{ pointer: "#", detail: "the body is not UTF-8" }],
  },
  {
    name: "a hundred thousand levels",
    given: everything("[".repeat(100_000)),
    errors: [{ pointer: "#", detail: "nested deeper than 64 levels" }],
  },
  {
    name: "a body where none is taken",
    given: { method: "GET", target: "/v1/shelves/s/books", body: {} },
    errors: [{ pointer: "#", detail: "this operation takes no body" }],
  },
  {
    name: "lone surrogates",
    given: everything('{"text":"\\ud800"}'),
    errors: [{ pointer: "#/text", detail: "expected text without lone surrogates" }],
  },
  {
    name: "a timeout that makes no sense",
    given: { target: "/v1/books/x", headers: { "request-timeout": "soon" } },
    errors: [
      {
        pointer: "#/header/request-timeout",
        detail: "expected seconds such as 1.5, or a number and a unit such as 1500ms",
      },
    ],
  },
])("refuses $name", async ({ given, errors }) => {
  const { transcoder, calls } = createLibrary();
  const response = await ask(transcoder, given);
  expect(response).toMatchObject({
    status: 400,
    headers: { "content-type": "application/problem+json" },
  });
  expect(response.json()).toMatchObject({ title: "Bad Request", status: 400, errors });
  expect(calls).toEqual([]);
});

test("no more than a hundred problems are told", async () => {
  const { transcoder } = createLibrary();
  const body = { numbers: Array.from({ length: 1000 }, () => "x") };
  const response = await ask(transcoder, everything(body));
  expect(response.json().errors).toHaveLength(100);
});

test("64 levels of JSON are taken where a value may be anything", async () => {
  const { transcoder } = createLibrary();
  const value = "[".repeat(63) + "]".repeat(63);
  expect(await ask(transcoder, everything(`{"value":${value}}`))).toMatchObject({ status: 200 });
});
