import { expect, test } from "vitest";
import { Library } from "../../test/gen/library_pb.js";
import { bindings, type HttpBinding } from "../template/bindings.js";
import { parseTemplate } from "../template/parse-template.js";
import { createRouter } from "./create-router.js";
import { placeVariables, readVariable } from "./read-path.js";

const [base] = bindings(Library.method.getBook) as [HttpBinding];

/** A router over rules such as `GET /v1/{name}`; a match reads as the rule and its values. */
function routerOf(...rules: string[]) {
  const router = createRouter(
    rules.map((rule) => {
      const [httpMethod = "", path = ""] = rule.split(" ");
      const template = parseTemplate(path);
      const variables = template.segments
        .filter((segment) => segment.kind === "variable")
        .map(({ fieldPath, segments }) => ({
          name: fieldPath.join("."),
          jsonName: "",
          fields: [],
          segments,
          multi: segments.length > 1 || segments[0]?.kind === "multi",
        }));
      return { rule, binding: { ...base, httpMethod, template, variables } };
    }),
  );
  return (asked: string) => {
    const [method = "", target = ""] = asked.split(" ");
    const match = router.match(method, target);
    switch (match.kind) {
      case "route":
        return [
          match.route.rule,
          ...placeVariables(match.route.binding).map((place) =>
            readVariable(place, match.segments),
          ),
        ];
      case "none":
        return [];
      default:
        return [match.kind, match.allow];
    }
  };
}

test.each<{ rules: string[]; asked: string; found: (string | undefined)[]; name: string }>([
  {
    name: "a literal wins over a wildcard, whatever the order",
    rules: ["GET /v1/{id}", "GET /v1/me", "GET /v1/{rest=**}"],
    asked: "GET /v1/me",
    found: ["GET /v1/me"],
  },
  {
    name: "one segment wins over many",
    rules: ["GET /v1/{rest=**}", "GET /v1/{id}"],
    asked: "GET /v1/x",
    found: ["GET /v1/{id}", "x"],
  },
  {
    name: "a literal that leads nowhere is left again",
    rules: ["GET /v1/me/books", "GET /v1/{id}/shelves"],
    asked: "GET /v1/me/shelves",
    found: ["GET /v1/{id}/shelves", "me"],
  },
  {
    name: "many segments may be none",
    rules: ["GET /v1/files/{path=**}"],
    asked: "GET /v1/files",
    found: ["GET /v1/files/{path=**}", ""],
  },
  {
    name: "many segments keep empty ones",
    rules: ["GET /v1/files/{path=**}"],
    asked: "GET /v1/files/a//b/",
    found: ["GET /v1/files/{path=**}", "a//b/"],
  },
  {
    name: "the root can be served (grpc-gateway #1500, #414)",
    rules: ["GET /", "GET /{id}"],
    asked: "GET /",
    found: ["GET /"],
  },
  {
    name: "a trailing slash is another path (grpc-gateway #472)",
    rules: ["GET /v1/tasks", "GET /v1/tasks/{id}"],
    asked: "GET /v1/tasks/",
    found: [],
  },
  {
    name: "an empty segment is no value",
    rules: ["GET /v1/{shelf}/books"],
    asked: "GET /v1//books",
    found: [],
  },
  {
    name: "doubled slashes are not merged",
    rules: ["GET /v1/tasks"],
    asked: "GET //v1/tasks",
    found: [],
  },
  {
    name: "a colon belongs to the value when there is no such verb (grpc-gateway #224)",
    rules: ["GET /v1/tasks/{id}", "POST /v1/tasks/{id}:cancel"],
    asked: "GET /v1/tasks/a:b",
    found: ["GET /v1/tasks/{id}", "a:b"],
  },
  {
    name: "several colons stay as they are (envoy #13920)",
    rules: ["POST /a/{arg=**}", "POST /b/{arg=**}:verb"],
    asked: "POST /a/b:c:d",
    found: ["POST /a/{arg=**}", "b:c:d"],
  },
  {
    name: "a verb is taken off an id with colons",
    rules: ["POST /v1/tasks/{id}:cancel"],
    asked: "POST /v1/tasks/a:b:cancel",
    found: ["POST /v1/tasks/{id}:cancel", "a:b"],
  },
  {
    name: "a verb of another method is part of the value",
    rules: ["GET /v1/tasks/{id}", "POST /v1/tasks/{id}:cancel"],
    asked: "GET /v1/tasks/a:cancel",
    found: ["GET /v1/tasks/{id}", "a:cancel"],
  },
  {
    name: "an encoded colon is never a verb",
    rules: ["POST /v1/tasks/{id}", "POST /v1/tasks/{id}:cancel"],
    asked: "POST /v1/tasks/a%3Acancel",
    found: ["POST /v1/tasks/{id}", "a:cancel"],
  },
  {
    name: "a verb needs a value before it",
    rules: ["POST /v1/tasks/{id}:cancel"],
    asked: "POST /v1/tasks/:cancel",
    found: [],
  },
  {
    name: "a verb after any path (httpjson-transcoding #49)",
    rules: ["GET /people", "GET /{id=people/*}", "GET /{name=**}:type"],
    asked: "GET /people:type",
    found: ["GET /{name=**}:type", "people"],
  },
  {
    name: "an encoded slash does not split a segment (grpc-gateway #660)",
    rules: ["GET /resources/{key}/something"],
    asked: "GET /resources/some%2Fpath/something",
    found: ["GET /resources/{key}/something", "some/path"],
  },
  {
    name: "an encoded slash stays encoded among real ones (grpc-gateway #3263)",
    rules: ["GET /v1/{name=shelves/*/books/**}"],
    asked: "GET /v1/shelves/a%2fb/books/c%2Fd/e%20f",
    found: ["GET /v1/{name=shelves/*/books/**}", "shelves/a%2fb/books/c%2Fd/e f"],
  },
  {
    name: "an encoded colon and slash (grpc-gateway #308)",
    rules: ["GET /v1/{id}"],
    asked: "GET /v1/http%3A%2F%2Fx",
    found: ["GET /v1/{id}", "http://x"],
  },
  {
    name: "a literal may be encoded",
    rules: ["GET /v1/a%20b/{id}"],
    asked: "GET /%76%31/%61%20b/%C3%BC",
    found: ["GET /v1/a%20b/{id}", "ü"],
  },
  {
    name: "a plus in a path is a plus",
    rules: ["GET /v1/{id}"],
    asked: "GET /v1/a+b",
    found: ["GET /v1/{id}", "a+b"],
  },
  {
    name: "broken percent-encoding is found, its value is not",
    rules: ["GET /v1/{id}"],
    asked: "GET /v1/a%2",
    found: ["GET /v1/{id}", undefined],
  },
  {
    name: "dot segments are no values",
    rules: ["GET /v1/{id}", "GET /v1/{id}/{rest=**}"],
    asked: "GET /v1/..",
    found: [],
  },
  {
    name: "nor are encoded ones, also among many",
    rules: ["GET /v1/files/{path=**}"],
    asked: "GET /v1/files/a/.%2E/b",
    found: [],
  },
  {
    name: "three dots are a value",
    rules: ["GET /v1/{id}"],
    asked: "GET /v1/...",
    found: ["GET /v1/{id}", "..."],
  },
  {
    name: "a whole URL, as proxies send it",
    rules: ["GET /v1/{id}"],
    asked: "GET http://host:1/v1/x?y=1",
    found: ["GET /v1/{id}", "x"],
  },
  { name: "no path at all", rules: ["GET /v1/{id}"], asked: "GET *", found: [] },
  {
    name: "a custom method",
    rules: ["REPORT /v1/x"],
    asked: "REPORT /v1/x",
    found: ["REPORT /v1/x"],
  },
  { name: "any method", rules: ["* /v1/x"], asked: "BREW /v1/x", found: ["* /v1/x"] },
  {
    name: "HEAD is served by GET",
    rules: ["GET /v1/x", "POST /v1/x"],
    asked: "HEAD /v1/x",
    found: ["GET /v1/x"],
  },
  {
    name: "another method is told what there is",
    rules: ["GET /v1/{id}", "POST /v1/{id}", "DELETE /v1/{rest=**}", "PUT /v1/x/{id}"],
    asked: "PATCH /v1/x",
    found: ["method-not-allowed", "DELETE, GET, HEAD, OPTIONS, POST"],
  },
  {
    name: "OPTIONS asks what there is",
    rules: ["POST /v1/tasks/{id}:cancel"],
    asked: "OPTIONS /v1/tasks/x:cancel",
    found: ["options", "OPTIONS, POST"],
  },
])("$name", ({ rules, asked, found }) => {
  expect(routerOf(...rules)(asked)).toEqual(found);
});

test("two rules for the same path and method clash, whatever their variables are called", () => {
  expect(() => routerOf("GET /v1/{a}/x", "GET /v1/{b}/x")).toThrowError("is taken by /v1/{a}/x");
  expect(() => routerOf("GET /v1/{a}/x", "POST /v1/{b}/x", "GET /v1/{b}/x:y")).not.toThrow();
});
