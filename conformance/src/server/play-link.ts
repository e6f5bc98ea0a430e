import { fromBinary, fromJson, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import type { Carrier, CarrierListener } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import { LinkPacketSchema } from "@smartcall/protocol/proto";
import type { JsonObject } from "../json.ts";
import type { Step } from "../vector.ts";
import { type FramePeer, FrameScript } from "./frame-script.ts";
import type { Run } from "./run.ts";

/** Plays a script on a link whose packets are protobuf. */
export function playLink(setup: {
  carrier: Carrier;
  cut: () => void;
  steps: readonly Step[];
  run: Run;
}): { listener: CarrierListener; played: Promise<void> } {
  const { carrier, cut, steps, run } = setup;
  const peer: FramePeer = {
    send: (frames) => {
      const packet = fromJson(LinkPacketSchema, { frames } as unknown as JsonValue);
      carrier.send(toBinary(LinkPacketSchema, packet));
    },
    sendBytes: (bytes) => carrier.send(bytes),
    close: (_, reason) => {
      run.ended();
      carrier.close(reason === undefined ? undefined : SmartcallError.reasonFrom(reason));
    },
    cut: () => {
      run.ended();
      cut();
    },
  };
  const script = new FrameScript(peer, run);
  const listener: CarrierListener = {
    receive: (packet) => {
      const bytes = typeof packet === "string" ? Buffer.from(packet) : packet;
      const { frames } = toJson(LinkPacketSchema, fromBinary(LinkPacketSchema, bytes)) as {
        frames?: JsonObject[];
      };
      script.receive(frames ?? []);
    },
    carrierReady: () => {},
    carrierLost: () => script.lost(),
  };
  return { listener, played: script.play(steps) };
}
