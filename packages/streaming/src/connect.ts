// A transport of @connectrpc/connect, for those who want gRPC-Web, gRPC or Connect.
export {};
