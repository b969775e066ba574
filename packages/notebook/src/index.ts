export { type ShownFigure, figureBundle } from './display/figure-bundle.ts';
export { interruption } from './display/interruption.ts';
export { type Bundle, NotebookError, type Placement, display } from './display/kernel-writer.ts';
export { type Progress, type ProgressOptions, progress } from './display/progress.ts';
export { type SetupMode, setup } from './display/setup.ts';
export { type ShowOptions, show } from './display/show.ts';
export { type TableOptions, table } from './display/table.ts';
