export { type Machine, jupyterFolder } from './kernel/jupyter-folder.ts';
export {
  KernelInstallError,
  type KernelPlace,
  installKernel,
  kernelName,
  uninstallKernel,
} from './kernel/install-kernel.ts';
export { kernelFolder, kernelProgram } from './kernel/kernel-program.ts';
