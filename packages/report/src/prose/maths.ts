import { ParameterError } from '@relu-lab/core';
import katex from 'katex';

/** No formula that a person writes needs more macro expansions. */
const maxExpand = 1000;

/** In em: nothing that TeX draws is wider or higher, so that a formula cannot stretch the page. */
const maxSize = 40;

/**
 * TeX as HTML that looks like a formula, with MathML in it for those who do not see it. Nothing in the TeX can become a link, a
 * picture or an attribute.
 *
 * @param number - stands beside the formula.
 * @throws ParameterError which says what is wrong with the TeX, and where.
 */
export function texHtml(tex: string, display: boolean, number?: number): string {
  try {
    return katex.renderToString(number === undefined ? tex : `${tex} \\tag{${number}}`, {
      displayMode: display,
      output: 'htmlAndMathml',
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxExpand,
      maxSize,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error);
    throw new ParameterError(`this TeX cannot be read: ${message}`, { cause: error });
  }
}
