import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program } from "./program.ts";

const script = new URL("../../../../apps/gateway/dist/main.js", import.meta.url);

/** A gateway in a process of its own. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly program: Program;
}

/** Starts a gateway on a free port, with the limits of its configuration that are given. */
export async function startGateway(
  limits: Readonly<Record<string, number>> = {},
): Promise<GatewayProcess> {
  await using begun = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "smartcall-drill-"));
  begun.defer(() => rm(folder, { recursive: true }));
  const config = join(folder, "smartcall.yaml");
  // JSON is YAML.
  await writeFile(
    config,
    JSON.stringify({ port: 0, log: { level: "info", format: "json" }, limits }),
  );
  const listens = Promise.withResolvers<string>();
  const program = begun.use(
    await Program.start("gateway", {
      script,
      args: ["--config", config],
      onLine: (line) => {
        if (!line.includes('"gateway listens"')) return;
        listens.resolve((JSON.parse(line) as { url: string }).url);
      },
    }),
  );
  const url = await program.whileRunning(listens.promise);
  const running = begun.move();
  return {
    url,
    port: Number(new URL(url).port),
    program,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
