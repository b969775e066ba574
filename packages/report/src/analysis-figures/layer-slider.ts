import type { Panel } from '../figures/panels.ts';
import type { Layout } from '../figures/trace.ts';

export interface LayerSliderOptions {
  /** Of the layers, in order. */
  readonly names: readonly string[];
  /** For each panel the index of its layer; one or two panels a layer. */
  readonly layerOfPanel: readonly number[];
  /** For each trace the index of its layer; null for one that is always shown. */
  readonly layerOfTrace: readonly (number | null)[];
  readonly places: readonly Panel[];
}

/** From this many rows on there is more room above one another than side by side. */
const tallFrom = 3;

/**
 * A slider over panels by layer: first all of them, then one layer after the other, as large as there is room. Nothing for a single layer.
 */
export function layerSlider({ names, layerOfPanel, layerOfTrace, places }: LayerSliderOptions): Layout {
  if (names.length < 2) return {};
  const isTall = places.length > 2 * (tallFrom - 1);
  const step = (label: string, shown: number | null): Layout => ({
    label,
    method: 'update',
    args: [
      { visible: layerOfTrace.map((layer) => shown === null || layer === null || layer === shown) },
      Object.assign({}, ...places.map((panel, i) => panelAt(panel, i, shown, layerOfPanel, isTall))) as Layout,
    ],
  });
  return {
    sliders: [
      {
        active: 0,
        pad: { t: 44 },
        currentvalue: { prefix: 'Shown: ', font: { size: 13 } },
        bgcolor: 'var(--line)',
        activebgcolor: 'var(--muted)',
        bordercolor: 'var(--line)',
        tickcolor: 'var(--muted)',
        steps: [step('all layers', null), ...names.map((name, i) => step(name, i))],
      },
    ],
  };
}

function panelAt(
  { x, y, layout }: Panel,
  index: number,
  shown: number | null,
  layerOfPanel: readonly number[],
  isTall: boolean,
): Layout {
  const [xaxis, yaxis] = [`xaxis${x.slice(1)}`, `yaxis${y.slice(1)}`];
  const isShown = shown === null || layerOfPanel[index] === shown;
  const own = [layout[xaxis], layout[yaxis]] as readonly { readonly domain: readonly number[] }[];
  const domains =
    shown === null || !isShown ? own.map(({ domain }) => domain) : largeDomains(index, layerOfPanel, isTall);
  return {
    [`${xaxis}.domain`]: domains[0],
    [`${yaxis}.domain`]: domains[1],
    [`${xaxis}.visible`]: isShown,
    [`${yaxis}.visible`]: isShown,
    [`annotations[${index}].visible`]: isShown,
  };
}

/** Where a panel goes when its layer alone is shown. */
function largeDomains(index: number, layerOfPanel: readonly number[], isTall: boolean): readonly (readonly number[])[] {
  const whole = [0, 1];
  const others = layerOfPanel.filter((layer) => layer === layerOfPanel[index]).length;
  if (others === 1) return [whole, whole];
  const isFirst = layerOfPanel.indexOf(layerOfPanel[index]) === index;
  if (isTall) return [whole, isFirst ? [0.54, 1] : [0, 0.46]];
  return [isFirst ? [0, 0.46] : [0.54, 1], whole];
}
