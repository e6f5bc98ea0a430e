import type {
  Frame_Authenticate,
  Frame_Capacity,
  Frame_Event,
  Frame_Open,
  Frame_Ready,
  Frame_Register,
  Message,
} from "@smartcall/protocol/proto";
import type { LinkTypes } from "../types.js";

/** What travels on a link of the contract: the messages of `smartcall.v1`. */
export interface ProtocolTypes extends LinkTypes {
  /** `halfClose` is overruled by what `open` is told. */
  open: Frame_Open;
  message: Message;
  event: Frame_Event;
  control:
    | { case: "register"; value: Frame_Register }
    | { case: "ready"; value: Frame_Ready }
    | { case: "capacity"; value: Frame_Capacity }
    | { case: "authenticate"; value: Frame_Authenticate };
}
