export { type DialLinkOptions, dialLink } from "./node/dial-link.js";
export { type ServeLinkStreamOptions, serveLinkStream } from "./node/serve-link-stream.js";
export type { CarrierConnect, CarrierPeer } from "./node/stream-carrier.js";
