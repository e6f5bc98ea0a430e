import { TranscodeError } from "../errors/transcode-error.js";

/**
 * Refuses a JSON body that says it is something else, or does not say what it is.
 *
 * The latter matters for safety: browsers send bodies without a type across origins unasked.
 *
 * @throws {TranscodeError} of kind `unsupported-media-type`.
 */
export function assertJsonContent(contentType: string | undefined, hasBody: boolean): void {
  if (contentType === "application/json" || (contentType === undefined && !hasBody)) {
    return;
  }
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const charset = parameters.find((parameter) => parameter.trim().startsWith("charset="));
  if (
    !/^\s*application\/(?:[\w.!#$&^+-]+\+)?json\s*$/.test(type) ||
    (charset !== undefined && !/^\s*charset="?utf-8"?\s*$/.test(charset))
  ) {
    throw new TranscodeError({
      kind: "unsupported-media-type",
      detail: `The body must be application/json in UTF-8, not ${contentType ?? "of no type"}.`,
      headers: { "accept-post": "application/json" },
    });
  }
}

/** @throws {TranscodeError} of kind `unsupported-media-type` when the body is compressed. */
export function assertPlainContent(contentEncoding: string | undefined): void {
  if (contentEncoding !== undefined && contentEncoding.trim().toLowerCase() !== "identity") {
    throw new TranscodeError({
      kind: "unsupported-media-type",
      detail: `The body must not be encoded, but says Content-Encoding: ${contentEncoding}.`,
      headers: { "accept-encoding": "identity" },
    });
  }
}

/**
 * Picks what the Accept header wants most among the offered media types; the first of them when it
 * does not mind.
 *
 * @throws {TranscodeError} of kind `not-acceptable` when it wants none of them.
 */
export function chooseMediaType<Offer extends string>(
  accept: string | undefined,
  offers: readonly [Offer, ...Offer[]],
): Offer {
  if (accept === undefined || accept === "*/*" || accept === offers[0]) {
    return offers[0];
  }
  const ranges = accept.split(",").map(parseRange);
  let best: Offer | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > bestQuality) {
      best = offer;
      bestQuality = quality;
    }
  }
  if (best === undefined) {
    throw new TranscodeError({
      kind: "not-acceptable",
      detail: `The answer is ${offers.join(" or ")}, which the Accept header rules out.`,
    });
  }
  return best;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = "", ...parameters] = text.toLowerCase().split(";");
  const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return { type: type.trim(), quality: q === undefined ? 1 : Number(q) || 0 };
}

/** The most precise range decides (RFC 9110, section 12.5.1). */
function qualityOf(offer: string, ranges: readonly Range[]): number {
  const [family] = offer.split("/");
  for (const type of [offer, `${family}/*`, "*/*"]) {
    const range = ranges.find((each) => each.type === type);
    if (range !== undefined) {
      return range.quality;
    }
  }
  return 0;
}
