import fc from 'fast-check';

// The same examples in every run; another number in FAST_CHECK_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261123) });
