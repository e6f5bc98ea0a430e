// A registry on 127.0.0.1 that keeps what is published in a folder, and hands on what others
// publish; tells its parent its port. Arguments: where verdaccio is installed, the folder, and the
// registry of all others.
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const [home = "", folder = "", upstream = ""] = process.argv.slice(2);
const { runServer } = createRequire(join(home, "package.json"))("verdaccio") as {
  runServer(config: object): Promise<Server>;
};

const ours = { access: "$all", publish: "$all" };
const server = await runServer({
  self_path: folder,
  configPath: join(folder, "config.yaml"),
  storage: join(folder, "packages"),
  web: { enable: false },
  uplinks: { upstream: { url: upstream, timeout: "60s", maxage: "60m" } },
  packages: {
    "@smartcall/*": ours,
    smartcall: ours,
    "**": { access: "$all", proxy: "upstream" },
  },
  max_body_size: "100mb",
  log: { type: "stdout", format: "pretty", level: "error" },
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.((server.address() as AddressInfo).port);
process.on("disconnect", () => process.exit(0));
