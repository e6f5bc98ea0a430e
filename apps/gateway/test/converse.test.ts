import { testRealtime } from "./realtime.spec.js";

testRealtime("gRPC");
