const encoder = new TextEncoder();
const head = encoder.encode('{"frames":[');
const tail = encoder.encode("]}");
const comma = 0x2c;

/**
 * Puts the texts of frames, in UTF-8, into one packet: the JSON of `smartcall.v1.LinkPacket`.
 *
 * Each stands in it as it is, so that its length is what it costs.
 *
 * @param allocate gives the packet's bytes, whatever is in them. Default: an array of their own.
 */
export function joinJsonFrames(
  frames: readonly Uint8Array[],
  allocate: (length: number) => Uint8Array<ArrayBuffer> = (length) => new Uint8Array(length),
): Uint8Array<ArrayBuffer> {
  let length = head.length + tail.length + Math.max(0, frames.length - 1);
  for (const frame of frames) length += frame.length;
  const packet = allocate(length);
  packet.set(head);
  let at = head.length;
  for (const [index, frame] of frames.entries()) {
    if (index > 0) {
      packet[at] = comma;
      at += 1;
    }
    packet.set(frame, at);
    at += frame.length;
  }
  packet.set(tail, at);
  return packet;
}
