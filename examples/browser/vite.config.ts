import { defineConfig } from "vite";

const target = process.env["SMARTCALL_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Of the page's own origin, so that no browser asks for permission; `ws` for /v1/realtime.
  server: { proxy: { "/v1": { target, ws: true } } },
});
