/*
 * The process of one engine: `node engine-main.js relu-lab '{"name":"wasm","build":"simd"}'`. Which process that is, and
 * under which Node, says `contenders.ts`.
 */
import { loadEngine } from './engines/load.ts';
import { serve } from './serve.ts';

const [name, options = '{}'] = process.argv.slice(2);
loadEngine(name, JSON.parse(options))
  .then(serve)
  .then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
