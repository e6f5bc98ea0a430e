/** Field numbers of `smartcall.v1.Frame.body`. */
export const field = {
  hello: 2,
  register: 3,
  ready: 4,
  capacity: 5,
  drain: 6,
  closing: 7,
  open: 8,
  message: 9,
  event: 10,
  credit: 11,
  halfClose: 12,
  close: 13,
  cancel: 14,
  ping: 15,
  pong: 16,
  authenticate: 17,
} as const;

/** Tag of `LinkPacket.frames`, field 1, with a length. */
export const packetTag = (1 << 3) | 2;

/** Tag of `Frame.exchange`, field 1, a varint. */
export const exchangeTag = 1 << 3;
