import type { Arena } from '../arena.ts';
import type { Backend, BackendBuild, BackendName } from '../backend.ts';

/** One build of a backend, and why it does not run here; null where it does. */
export interface BuildStatus<Build extends BackendBuild = BackendBuild> {
  readonly build: Build;
  readonly reason: string | null;
}

/** What makes the backends of one name. */
export interface BackendProvider {
  readonly name: BackendName;
  /** Every build there is, the fastest first. */
  builds(): readonly BuildStatus[];
  /** The build that is taken when none is asked for: default the fastest that runs. */
  readonly usualBuild?: BackendBuild;
  /**
   * A backend on `arena`, of a build that {@link builds} says runs.
   *
   * @param compiled - a backend `wasm` on the same arena, for what this one does not do better; made when it is asked for.
   */
  create(arena: Arena, build: BackendBuild, compiled: () => Backend): Backend;
}
