import type { paths } from "@smartcall/protocol/openapi";
import createFetchClient from "openapi-fetch";
import type { RequestOptions, ResolvedOptions } from "../options.js";
import { ResponsePromise } from "../response-promise.js";
import type { Operation } from "./operation.js";
import { RequestRun } from "./request-run.js";

/** Sends a request as often as it takes, and answers its data or throws a SmartcallError. */
export type Send = <Data>(
  options: RequestOptions,
  operation: Operation<Data>,
) => ResponsePromise<Data>;

/** Sends requests with the client's token, headers and limits, and turns problems into errors. */
export function createSend(options: ResolvedOptions): Send {
  const { url, fetch } = options;
  const client = createFetchClient<paths>({ baseUrl: url, fetch, redirect: "manual" });
  return (perRequest, operation) =>
    new ResponsePromise(new RequestRun({ options, client, perRequest, operation }).run());
}
