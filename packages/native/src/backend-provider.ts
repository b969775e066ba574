import type { BackendProvider, BuildStatus, NativeBuild } from '@relu-lab/core';
import { addon } from './addon.ts';
import { nativeBackend } from './native-backend.ts';

/** What each build needs, the fastest first. */
const needs: Readonly<Record<NativeBuild, string>> = {
  avx512: 'it needs a processor with AVX-512 (F, BW, DQ, VL)',
  avx2: 'it needs a processor with AVX2 and FMA',
  portable: 'it was not compiled',
};

/**
 * What `createBackend(arena, 'native')` of `@relu-lab/core` finds by itself in Node. In a bundle, hand it to
 * `registerBackend`.
 */
export const backendProvider: BackendProvider = {
  name: 'native',

  /** @throws Error with the reason where the addon does not load. */
  builds(): readonly BuildStatus<NativeBuild>[] {
    const { builds: running } = addon();
    return (Object.keys(needs) as NativeBuild[]).map((build) => ({
      build,
      reason: running.includes(build) ? null : needs[build],
    }));
  },

  create: (arena, build, compiled) => nativeBackend(arena, build as NativeBuild, compiled()),
};
