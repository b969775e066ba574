/** Where the markup of a figure has its words, until it is drawn. */
const words = /(<div id="[^"]*" role="img" aria-label="[^"]*"[^>]*>)([^<]*)(<\/div>)/;

/** The MIME type of a picture. */
export const pictureType = 'image/svg+xml';

/**
 * The forms of a figure with a picture among them, and in the place of the words in its markup: readers that run no scripts show the markup
 * where they know both, and the picture where they drop the markup. The script that draws the live figure takes it away.
 *
 * @param data - what is shown, by MIME type; `html`, the markup in it.
 * @param svg - the picture: an SVG file.
 */
export function pictured(
  data: Readonly<Record<string, unknown>>,
  html: string,
  svg: string,
): Readonly<Record<string, unknown>> {
  const source = `data:${pictureType};base64,${Buffer.from(svg).toString('base64')}`;
  const markup = html.replace(
    words,
    (_all, open: string, alt: string, close: string) =>
      `${open}<img alt="${alt.replaceAll('"', '&quot;')}" src="${source}" style="max-width:100%">${close}`,
  );
  const { 'text/plain': plain, ...rich } = data;
  return { ...rich, ...(html !== '' && { 'text/html': markup }), [pictureType]: svg, 'text/plain': plain };
}
