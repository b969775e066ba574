import { describe, expect, it } from 'vitest';
import { type Contender, type ContenderId, contenders } from './contenders.ts';
import { isFound } from './found.ts';
import type { Surroundings } from './surroundings.ts';
import type { Work } from './work.ts';

const nothing: Surroundings = {
  peers: { missing: 'left out by --no-peers' },
  node24: { missing: 'no Node 24' },
  torch: { missing: 'no Python' },
  limits: { missing: 'no compiler' },
};
const everything: Surroundings = {
  peers: { value: 'peers' },
  node24: { value: '/peers/node' },
  torch: { value: { program: 'python3', arguments: ['torch.py'], environment: { LD_LIBRARY_PATH: '/blas' } } },
  limits: { value: { program: 'limits', arguments: [] } },
};

function named(id: ContenderId, surroundings: Surroundings): Contender {
  const found = contenders(surroundings).find((one) => one.id === id);
  if (!found) throw new Error(`no contender ${id}`);
  return found;
}

describe('contenders', () => {
  it('stand in the list with a reason where what they need is not there', () => {
    const missing = (id: ContenderId): string => {
      const { command } = named(id, nothing);
      return isFound(command) ? 'there' : command.missing;
    };
    expect(missing('tfjs-wasm')).toBe('left out by --no-peers');
    expect(missing('torch-2')).toBe('no Python');
    expect(missing('limits')).toBe('no compiler');
    expect(missing('wasm-revectorized')).toBe('no Node 24');
    expect([missing('wasm-simd'), missing('native'), missing('plain-javascript')]).toEqual(['there', 'there', 'there']);
  });

  it('start PyTorch with a number of threads, over the BLAS that was found', () => {
    expect(named('torch-2', everything).command).toEqual({
      value: { program: 'python3', arguments: ['torch.py', '2'], environment: { LD_LIBRARY_PATH: '/blas' } },
    });
    expect(named('torch-2', everything).clock).toBe('wall');
  });

  it('leave out what would take them minutes', () => {
    const product = (n: number): Work => ({ kind: 'matrix-product', n });
    const { enters } = named('ml-matrix', everything);
    expect([enters(product(512)), enters(product(1024)), enters({ kind: 'normal', n: 9 })]).toEqual([
      true,
      false,
      false,
    ]);
    const deep: Work = { kind: 'step', widths: '256x31', rows: 256 };
    expect(named('tfjs-wasm', everything).enters(deep)).toBe(false);
    expect(named('torch-1', everything).enters(deep)).toBe(true);
  });
});
