export { createLink } from "./create-link.js";
export {
  createMemoryCarriers,
  type MemoryCarrier,
  type MemoryCarriersOptions,
} from "./memory/create-memory-carriers.js";
export type {
  Cancellation,
  Carrier,
  CarrierListener,
  Closing,
  Frame,
  Hello,
  IncomingExchange,
  IncomingHandlers,
  Link,
  LinkCodec,
  LinkOptions,
  LinkTypes,
  Outcome,
  OutgoingExchange,
  OutgoingHandlers,
  SmartcallErrorLike,
} from "./types.js";
