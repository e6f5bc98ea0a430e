// Functions whose work and result are bounded by the length of what is written. Whatever reads
// code, changes the calculator, or makes much of little (range, zeros, kron, map) is not among them.
const functions = `
  abs add cbrt ceil cube divide exp expm1 fix floor gcd hypot invmod lcm log log10 log1p log2 mod
  multiply nthRoot pow round sign sqrt square subtract unaryMinus unaryPlus
  arg conj im re
  acos acosh acot acoth acsc acsch asec asech asin asinh atan atan2 atanh
  cos cosh cot coth csc csch sec sech sin sinh tan tanh
  combinations factorial gamma permutations isPrime
  cross det dot inv norm trace transpose
  max mean median min mode prod quantileSeq std sum variance
  to number
`;

const constants = "pi e tau phi i true false Infinity NaN LN2 LN10 LOG2E LOG10E SQRT1_2 SQRT2";

/** Functions that an expression may call. */
export const allowedFunctions: ReadonlySet<string> = new Set(functions.trim().split(/\s+/));

/** Names that an expression may use beside units of measurement. */
export const allowedConstants: ReadonlySet<string> = new Set(constants.split(" "));
