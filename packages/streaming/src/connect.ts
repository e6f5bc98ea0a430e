// A transport of @connectrpc/connect, for those who want gRPC-Web, gRPC or Connect.
export { type ConnectTransportOptions, connectTransport } from "./connect/connect-transport.js";
