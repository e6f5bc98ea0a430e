import { bare } from "./bare.ts";
import type { Candidate } from "./candidate.ts";
import { grpcGateway } from "./grpc-gateway.ts";
import { smartcall } from "./smartcall.ts";
import { connectNode, grpcJs } from "./unary-rpc.ts";

/** What is compared, in the order of the table. */
export const allCandidates: readonly Candidate[] = [
  bare,
  smartcall,
  connectNode,
  grpcJs,
  grpcGateway,
];
