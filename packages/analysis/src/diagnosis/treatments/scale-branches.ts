import type { Attempt } from '../suspicion.ts';

/** The weights of the dense layers that end a residual branch times 1/√(number of sums), so that all branches together double the stream once. */
export const scaleBranches: Attempt = {
  remedy: {
    what: 'Scale the last dense layer of each of the B residual branches by 1/√B (Fixup scales by B^(−1/(2m−2)), or starts it at 0), or normalise in each branch.',
    change: 'residual-scale',
  },
  treatment: (patient) => {
    const network = patient.network.clone();
    const sums = network.layers.filter(({ kind }) => kind === 'add');
    const ends = network.layers.filter(
      ({ role, name }) => role === 'weights' && sums.some(({ from }) => from.slice().includes(name)),
    );
    const branches = ends.filter(({ from }) => from[0] !== 'input');
    if (branches.length === 0) return null;
    const factor = 1 / Math.sqrt(sums.length);
    for (const parameter of branches.flatMap(({ parameters }) => parameters)) {
      network.setParameter(
        parameter.name,
        network.parameterValues(parameter.name).map((value) => value * factor),
      );
    }
    return { ...patient, network };
  },
};
