const axis = {
  automargin: true,
  gridcolor: '#e6e9ed',
  linecolor: '#9aa3ad',
  zerolinecolor: '#9aa3ad',
  showline: true,
  zeroline: false,
  title: { standoff: 10 },
};

/**
 * How figures look in a notebook: dark on white, whatever the editor's theme, because a saved notebook does not know where
 * it will be read. What a figure's own layout says comes first.
 */
export const notebookTemplate: {
  readonly layout: Readonly<Record<string, unknown>> & { readonly colorway: readonly string[] };
} = {
  layout: {
    paper_bgcolor: '#ffffff',
    plot_bgcolor: '#ffffff',
    font: { family: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif', size: 13, color: '#20262d' },
    // Okabe and Ito's colours for all kinds of colour vision, as in the reports.
    colorway: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a4a2b', '#3c424b'],
    xaxis: axis,
    yaxis: axis,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom' },
    hoverlabel: { namelength: -1 },
    margin: { l: 60, r: 16, t: 30, b: 52 },
  },
};
