import { create } from "@bufbuild/protobuf";
import type { SmartcallError } from "@smartcall/protocol";
import { type Frame_Open, Frame_OpenSchema } from "@smartcall/protocol/proto";

const why = Symbol("why");

/** An open that could not be read; its exchange alone is refused, with the error. */
export interface RefusedOpen extends Frame_Open {
  readonly [why]: SmartcallError;
}

/** Stands for an open that could not be read. */
export function createRefusedOpen(error: SmartcallError): RefusedOpen {
  return Object.assign(create(Frame_OpenSchema), { [why]: error });
}

/** Why an open could not be read; undefined when it could. */
export function refusalOf(open: Frame_Open | RefusedOpen): SmartcallError | undefined {
  return why in open ? open[why] : undefined;
}
