import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const repositoryDirectory = fileURLToPath(new URL("../..", import.meta.url));

/** Where what is built for the benchmarks goes; not in git. */
export const buildDirectory = fileURLToPath(new URL("../.build", import.meta.url));

/** Where figures, profiles and reports go; not in git. */
export const resultsDirectory = fileURLToPath(new URL("../results", import.meta.url));
