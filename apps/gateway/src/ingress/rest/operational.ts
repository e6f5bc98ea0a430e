import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { AgentDocuments } from "./agent-documents/agent-documents.js";
import { answerProblem } from "./problem.js";

/** What the operational paths show. */
export interface OperationalOptions {
  /** The OpenAPI documents: of all agents, and of each. */
  openapi: AgentDocuments;
  /** The AsyncAPI document of the WebSocket. */
  asyncapi: object;
  /** Whether the gateway takes calls. */
  isReady: () => boolean;
}

/** Answers one path; false when it is none of these. */
export type OperationalHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Page {
  type: string;
  body: Buffer;
  compressed: Buffer;
}

const agentDocument = /^\/v1\/agents\/([a-z0-9-]{1,63})\/openapi\.json$/;

const html = "text/html; charset=utf-8";
const script = "text/javascript; charset=utf-8";

/** `/healthz`, `/readyz`, both API documents, and `/docs`, which needs nothing from elsewhere. */
export function createOperationalHandler(options: OperationalOptions): OperationalHandler {
  const pages = new Map<string, () => Page>();
  // AsyncAPI has no relative servers, and may have none.
  const asyncapi = { ...options.asyncapi, servers: undefined };
  pages.set(
    "/asyncapi.json",
    once(() => page("application/json", JSON.stringify(asyncapi))),
  );
  pages.set(
    "/docs",
    once(() => page(html, docsPage)),
  );
  pages.set(
    "/docs/init.js",
    once(() => page(script, docsScript)),
  );
  for (const [file, type] of [
    ["swagger-ui.css", "text/css; charset=utf-8"],
    ["swagger-ui-bundle.js", script],
    ["favicon-32x32.png", "image/png"],
  ] as const) {
    pages.set(
      `/docs/${file}`,
      once(() => page(type, readDocsFile(file))),
    );
  }

  /** Written once for each document, which is another one once cards have changed. */
  const openApiPages = new WeakMap<object, Page>();
  const openApiPage = (document: object) => {
    const written =
      openApiPages.get(document) ?? page("application/json", JSON.stringify(document));
    openApiPages.set(document, written);
    return written;
  };
  pages.set("/openapi.json", () => openApiPage(options.openapi.whole()));

  return (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    if (path === "/healthz") {
      answer(response, 200, page("application/json", '{"status":"ok"}'), request);
    } else if (path === "/readyz") {
      const ready = options.isReady();
      const status = ready ? '{"status":"ready"}' : '{"status":"draining"}';
      answer(response, ready ? 200 : 503, page("application/json", status), request);
    } else if (path === "/" || path === "/docs/") {
      response.writeHead(302, { location: "/docs" }).end();
    } else {
      const [, agent] = agentDocument.exec(path) ?? [];
      const make =
        agent === undefined ? pages.get(path) : () => openApiPage(options.openapi.of(agent));
      if (!make) return false;
      try {
        answer(response, 200, make(), request);
      } catch (thrown) {
        const { status, headers, body } = answerProblem(thrown, path);
        response.writeHead(status, headers).end(JSON.stringify(body));
      }
    }
    return true;
  };
}

function answer(
  response: ServerResponse,
  status: number,
  { type, body, compressed }: Page,
  request: IncomingMessage,
): void {
  const gzip =
    /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? "")) && body.length > 1_000;
  const content = gzip ? compressed : body;
  response.writeHead(status, {
    "content-type": type,
    "content-length": content.length,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    vary: "accept-encoding",
    ...(gzip && { "content-encoding": "gzip" }),
  });
  response.end(request.method === "HEAD" ? undefined : content);
}

function page(type: string, text: string | Buffer): Page {
  const body = Buffer.from(text as string);
  return { type, body, compressed: body.length > 1_000 ? gzipSync(body) : body };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function readDocsFile(file: string): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`));
}

const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Smartcall API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/init.js"></script>
  </body>
</html>
`;

const docsScript = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;
