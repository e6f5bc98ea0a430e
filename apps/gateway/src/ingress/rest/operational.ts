import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

/** What the operational paths show. */
export interface OperationalOptions {
  /** The OpenAPI document, as served. */
  openapi: object;
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

const html = "text/html; charset=utf-8";
const script = "text/javascript; charset=utf-8";

/** `/healthz`, `/readyz`, both API documents, and `/docs`, which needs nothing from elsewhere. */
export function createOperationalHandler(options: OperationalOptions): OperationalHandler {
  const pages = new Map<string, () => Page>();
  // Whoever reads it here can call it here, whatever the port or the proxy before it.
  const openapi = { ...options.openapi, servers: [{ url: "/" }] };
  pages.set(
    "/openapi.json",
    once(() => page("application/json", JSON.stringify(openapi))),
  );
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
      const found = pages.get(path);
      if (!found) return false;
      answer(response, 200, found(), request);
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
