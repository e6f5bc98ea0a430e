import { fileURLToPath } from "node:url";
import newman from "newman";

/** What became of one request of the collection. */
export interface SentRequest {
  name: string;
  /** Why it or one of its tests failed; nothing when all is well. */
  faults: readonly string[];
  /** The headers that it was sent with. */
  headers: Readonly<Record<string, string>>;
}

const file = (name: string) => fileURLToPath(new URL(`../../../openapi/${name}`, import.meta.url));

/** Sends the whole Postman collection to a gateway, in its order. */
export function runCollection(url: string, apiKey = ""): Promise<SentRequest[]> {
  const envVar = Object.entries({ baseUrl: url, apiKey, skipEndless: "true" });
  return new Promise((resolve, reject) => {
    newman.run(
      {
        collection: file("smartcall.postman_collection.json"),
        environment: file("smartcall.postman_environment.json"),
        envVar: envVar.map(([key, value]) => ({ key, value })),
        timeoutRequest: 30_000,
      },
      (error, summary) => {
        if (error) reject(error);
        else resolve(summary.run.executions.map(toSentRequest));
      },
    );
  });
}

/** What newman says of a request beyond what its types say. */
interface Execution extends newman.NewmanRunExecution {
  requestError?: Error;
  testScript?: readonly { error?: Error }[];
}

function toSentRequest(execution: Execution): SentRequest {
  const { item, request, response, assertions = [], requestError, testScript = [] } = execution;
  const said = `${response?.code} ${response?.stream?.toString().slice(0, 500)}`;
  const faults = [
    ...(requestError ? [requestError.message] : []),
    ...testScript.flatMap(({ error }) => (error ? [`the script: ${error.message}`] : [])),
    ...assertions.flatMap(({ assertion, error }) =>
      error ? [`${assertion}: ${error.message}; it was ${said}`] : [],
    ),
    // A script that was not understood runs no test, and newman finds nothing wrong with that.
    ...(assertions.length === 0 ? ["no test of it ran"] : []),
  ];
  return { name: item.name, faults, headers: request?.headers.toObject() ?? {} };
}
