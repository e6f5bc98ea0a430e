import { createLink, type Link } from "@smartcall/link";
import { dialLink } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import type { Frame_Register } from "@smartcall/protocol/proto";

/** Dials an agent as a gateway does. */
export async function dialFake(url: string) {
  const register = Promise.withResolvers<Frame_Register>();
  const closed = Promise.withResolvers<void>();
  const made = Promise.withResolvers<Link<ProtocolTypes>>();
  await dialLink({
    url,
    path: "/smartcall.v1.AgentRuntimeService/Link",
    connect(carrier) {
      const link = createLink<ProtocolTypes>({
        side: "dialer",
        codec: createProtobufCodec(),
        carrier,
        implementation: "fake-gateway/1",
        onControl: (control) => {
          if (control.case === "register") register.resolve(control.value);
        },
        onClose: () => closed.resolve(),
      });
      made.resolve(link);
      return link;
    },
  });
  return { link: await made.promise, register: register.promise, closed: closed.promise };
}
