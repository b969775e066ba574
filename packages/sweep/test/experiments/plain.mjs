let calls = 0;

/** Counts the calls in this thread: a module that is loaded once a thread counts on. */
export function callNumber() {
  calls += 1;
  return [{ call: calls }];
}

/** Changes its parameters, which must be nobody else's. */
export function spoil(parameters) {
  parameters.list.push(1);
  return [{ length: parameters.list.length }];
}

/** The values that JSON has no words for. */
export function oddNumbers() {
  return [
    { nan: NaN, infinity: Infinity, minusInfinity: -Infinity, minusZero: -0, nothing: null, text: 'NaN', yes: true },
  ];
}

/** In the worker, which conditions and flags Node runs with. */
export function flags() {
  return [{ flags: process.execArgv.join(' ') }];
}
