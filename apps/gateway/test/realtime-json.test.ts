import { testRealtime } from "./realtime.spec.js";

testRealtime("smartcall.v1.json");
