export { renderNotebook } from './page/render-notebook.ts';
export { KernelError } from './run/kernel-error.ts';
export {
  type NotebookCell,
  type NotebookDocument,
  type NotebookFile,
  type Output,
  formatNotebook,
  parseNotebook,
  readNotebook,
  saveNotebook,
} from './run/notebook-file.ts';
export { withPictures } from './run/pictures.ts';
export type { ParameterValue } from './run/parameters.ts';
export {
  type CellFailure,
  type CellProgress,
  type CellRun,
  type NotebookRun,
  type RunEnding,
  type RunOptions,
  describeRun,
  runNotebook,
} from './run/run-notebook.ts';
