// Which way imports may point. `pnpm cycles` checks it over the sources; packages see each other
// as users do, through what stands in `dist`.

/** Workspace packages that a folder's sources may import, tests and configuration aside. */
const mayImport = {
  "packages/protocol": [],
  "packages/transcode": [],
  "packages/link": ["packages/protocol"],
  "packages/agent": ["packages/protocol", "packages/link"],
  "packages/client": ["packages/protocol"],
  "packages/msw": ["packages/link", "packages/protocol"],
  "packages/testing": [],
  "apps/demo-agents": ["packages/agent", "packages/protocol"],
  "apps/cli": [
    "packages/agent",
    "packages/client",
    "packages/protocol",
    "packages/streaming",
    "apps/gateway",
  ],
  "apps/gateway": ["packages/agent", "packages/link", "packages/protocol", "packages/transcode"],
};

/** The way of a call through the gateway: each folder may import those after it, never before. */
const wayOfACall = ["ingress", "policy", "services", "tasks", "routing", "upstream"];

const tests = "\\.(test|spec)\\.ts$|/test/|/testing/";
const workspace = "^(packages|apps|tools|examples)/[^/]+/|^benchmarks/|^@smartcall/";
const asRegExp = (folders) => `^(${folders.join("|")})/`;
/** Also under the name that stands in an import which could not be resolved. */
const withNames = (folders) => [
  asRegExp(folders),
  ...folders.map((folder) => `^@smartcall/${folder.replace(/^.*\//, "")}(/|$)`),
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that import each other can only be understood, tested and loaded together.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "Nothing imports this module and it imports nothing.",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.config\\.ts$", "\\.d\\.ts$", "/src/(index|main)\\.ts$"] },
      to: {},
    },
    {
      name: "no-unresolved",
      comment: "An import that leads nowhere; when it is of a workspace package, build first.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "packages-never-import-apps",
      comment: "Packages are what apps are made of.",
      severity: "error",
      from: { path: "^packages/", pathNot: tests },
      to: { path: "^(apps|tools|benchmarks|examples)/" },
    },
    ...Object.entries(mayImport).map(([folder, allowed]) => ({
      name: `arrows-of-${folder.replace("/", "-")}`,
      comment:
        "Arrows point one way: protocol, then transcode and link, then agent and client, then apps.",
      severity: "error",
      from: { path: `^${folder}/src/`, pathNot: tests },
      to: { path: workspace, pathNot: withNames([folder, ...allowed]) },
    })),
    ...wayOfACall.slice(1).map((folder, index) => ({
      name: `way-of-a-call-${folder}`,
      comment: `${folder} comes after ${wayOfACall.slice(0, index + 1).join(", ")} and knows none of it.`,
      severity: "error",
      from: { path: `^apps/gateway/src/${folder}/`, pathNot: tests },
      to: {
        path: asRegExp(wayOfACall.slice(0, index + 1).map((each) => `apps/gateway/src/${each}`)),
      },
    })),
    {
      name: "leaves-of-the-gateway",
      comment: "Configuration and telemetry are used by everything and use nothing of it.",
      severity: "error",
      from: { path: "^apps/gateway/src/(config|telemetry)/", pathNot: tests },
      to: { path: asRegExp(wayOfACall.map((each) => `apps/gateway/src/${each}`)) },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tools/config/tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default", "types"],
    },
    skipAnalysisNotInRules: true,
  },
};
