import { type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import type { Client } from "@grpc/grpc-js";

/** What a stock gRPC client needs to know of a method. */
export function stockMethod<I extends DescMessage, O extends DescMessage>(
  path: string,
  input: I,
  output: O,
) {
  const serialize = (message: MessageShape<I>) => Buffer.from(toBinary(input, message));
  const deserialize = (bytes: Buffer) => fromBinary(output, bytes);
  return {
    path,
    serialize,
    deserialize,
    unary(client: Client, request: MessageShape<I>): Promise<MessageShape<O>> {
      return new Promise((resolve, reject) => {
        client.makeUnaryRequest(path, serialize, deserialize, request, (error, answer) => {
          if (answer) resolve(answer);
          else reject(error);
        });
      });
    },
  };
}
