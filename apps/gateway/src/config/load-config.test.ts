import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { ConfigError } from "./config-error.js";
import { defaultConfig } from "./gateway-config.js";
import { loadConfig } from "./load-config.js";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function configFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "smartcall-config-"));
  folders.push(folder);
  const path = join(folder, "smartcall.yaml");
  writeFileSync(path, text);
  return path;
}

test("says the defaults when nothing else is said", () => {
  expect(loadConfig({}, {})).toEqual(defaultConfig);
});

test("a flag stands over a variable, a variable over the file, the file over the defaults", () => {
  const config = configFile(
    "port: 1000\nhost: 127.0.0.2\nlog: {level: warn}\nlimits: {drainMs: 5}\n",
  );
  const environment = { SMARTCALL_PORT: "2000", SMARTCALL_HOST: "127.0.0.3" };
  const loaded = loadConfig({ config, port: "3000" }, environment);
  expect(loaded).toMatchObject({
    port: 3000,
    host: "127.0.0.3",
    log: { level: "warn", format: "auto" },
    limits: { drainMs: 5, bodyBytes: defaultConfig.limits.bodyBytes },
  });
});

test("agents of file and flags come together", () => {
  const config = configFile(
    "agents:\n  - url: http://127.0.0.1:7000\n    protocol: execute\n    name: py\n",
  );
  const { agents } = loadConfig({ config, agent: ["http://127.0.0.1:7001"] }, {});
  expect(agents).toEqual([
    { url: "http://127.0.0.1:7000", protocol: "execute", name: "py" },
    { url: "http://127.0.0.1:7001" },
  ]);
});

const wrong = [
  {
    name: "an unknown key",
    text: "port: 1\nprot: 2\n",
    want: /smartcall\.yaml:2: prot: unknown key; expected one of host, port, insecure/,
  },
  { name: "a wrong type", text: "\n\nport: many\n", want: /yaml:3: port: expected an integer/ },
  {
    name: "a port too high",
    text: "port: 65536\n",
    want: /yaml:1: port: expected a value that must be <= 65535/,
  },
  {
    name: "a wrong word, deep down",
    text: "log:\n  level: loud\n",
    want: /yaml:2: log\.level: expected one of trace, debug, info/,
  },
  {
    name: "an agent without an address",
    text: "agents:\n  - name: a\n  - url: http://127.0.0.1:1\n",
    want: /yaml:2: agents\.0: expected the key url/,
  },
  {
    name: "credentials in an agent's address, which are not said",
    text: "agents:\n  - url: http://user:pa55@127.0.0.1:1\n",
    want: /yaml:2: agents\.0\.url: (?!.*pa55)expected a text like/,
  },
  { name: "broken YAML", text: "port: [1\n", want: /smartcall\.yaml:\d+: / },
  { name: "a list for a file", text: "- 1\n", want: /yaml:1: \(root\): expected an object/ },
];

for (const { name, text, want } of wrong) {
  test(`names the file, the line, the key and what was expected: ${name}`, () => {
    expect(() => loadConfig({ config: configFile(text) }, {})).toThrowError(want);
    expect(() => loadConfig({ config: configFile(text) }, {})).toThrowError(ConfigError);
  });
}

test("names every thing that is wrong, not only the first", () => {
  const config = configFile("port: x\nlog: {level: loud}\n");
  expect(() => loadConfig({ config }, {})).toThrowError(/port[\s\S]*log\.level/);
});

test("names the variable and the flag that are wrong", () => {
  expect(() => loadConfig({}, { SMARTCALL_PORT: "http" })).toThrowError(
    /environment variable SMARTCALL_PORT: "http": expected an integer/,
  );
  expect(() => loadConfig({ "log-level": "loud" }, {})).toThrowError(/flag --log-level: "loud"/);
});

test("says that a file cannot be read", () => {
  expect(() => loadConfig({ config: "/nowhere/smartcall.yaml" }, {})).toThrowError(
    /\/nowhere\/smartcall\.yaml: cannot be read/,
  );
});

test("refuses an open door on an address that others reach, unless told", () => {
  expect(() => loadConfig({ host: "0.0.0.0" }, {})).toThrowError(/no authentication/);
  expect(loadConfig({ host: "0.0.0.0", insecure: true }, {}).host).toBe("0.0.0.0");
  expect(loadConfig({}, { SMARTCALL_HOST: "0.0.0.0", SMARTCALL_INSECURE: "1" }).insecure).toBe(
    true,
  );
  for (const host of ["127.0.0.1", "127.9.9.9", "localhost", "::1"]) {
    expect(loadConfig({ host }, {}).host).toBe(host);
  }
});
