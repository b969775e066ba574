import fc from 'fast-check';

// The same examples in every run; another number in FAST_CHECK_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261123) });

// A backend that the shell names would compute other golden numbers.
delete process.env.RELU_LAB_BACKEND;
