/** What an output of each kind must have, besides what any output has. */
const demands: Readonly<Record<string, readonly (readonly [field: string, kind: Kind])[]>> = {
  stream: [
    ['name', 'a text'],
    ['text', 'a text'],
  ],
  display_data: [
    ['data', 'an object'],
    ['metadata', 'an object'],
  ],
  execute_result: [
    ['data', 'an object'],
    ['metadata', 'an object'],
  ],
  error: [
    ['ename', 'a text'],
    ['evalue', 'a text'],
    ['traceback', 'a list of texts'],
  ],
};

type Kind = keyof typeof checks;

const checks = {
  'a text': isText,
  'an object': isRecord,
  'a list of texts': isTexts,
} as const;

/** What is wrong with the outputs of a cell, or null. */
export function outputsProblem(outputs: unknown): string | null {
  if (!Array.isArray(outputs)) return 'needs a list of outputs';
  for (const [index, output] of outputs.entries()) {
    const problem = outputProblem(output);
    if (problem !== null) return `output ${index + 1} needs ${problem}`;
  }
  return null;
}

function outputProblem(output: unknown): string | null {
  const type: unknown = isRecord(output) ? output['output_type'] : undefined;
  if (!isRecord(output) || typeof type !== 'string' || !Object.hasOwn(demands, type))
    return `an output_type: ${Object.keys(demands).join(', ')}`;
  const lacking = demands[type].find(([field, kind]) => !checks[kind](output[field]));
  return lacking ? `${lacking[0]}: ${lacking[1]}` : null;
}

/** Whether it is a text, in one piece or in lines. */
export function isText(value: unknown): boolean {
  return typeof value === 'string' || isTexts(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
