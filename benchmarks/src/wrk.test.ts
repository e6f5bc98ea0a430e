import { expect, test } from "vitest";
import { callBody } from "./call.ts";
import { parseWrkOutput, wrkScript } from "./wrk.ts";

const output = `Running 1s test @ http://127.0.0.1:40001/v1/agents/echo/calls
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.53ms    1.02ms  20.11ms   92.09%
    Req/Sec    14.24k     1.10k   15.48k    81.82%
  15588 requests in 1.10s, 9.38MB read
Requests/sec:  14170.55
Transfer/sec:      8.53MB
{"calls":15588,"durationUs":1100050,"errors":[0,1,0,2,3],"p50Us":4312.0,"p99Us":9120.5}
`;

test("the figures are read from the last line, and all kinds of errors are added up", () => {
  expect(parseWrkOutput(output)).toEqual({
    calls: 15588,
    durationMs: 1100.05,
    errors: 6,
    p50Ms: 4.312,
    p99Ms: 9.1205,
  });
});

test("output without figures is an error that shows it", () => {
  expect(() => parseWrkOutput("unable to connect to 127.0.0.1:1")).toThrow(/unable to connect/);
});

test("the script posts the very body of the call", () => {
  expect(wrkScript).toContain(`wrk.body = [==[${callBody}]==]`);
});
