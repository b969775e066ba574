import { execFile } from 'node:child_process';

/** What a command that ended with exit code 0 wrote. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in `folder` to its end; rejects with everything that it wrote when it fails. */
export function run(folder: string, command: string, ...args: readonly string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: folder, env: userEnvironment(), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${command} ${args.join(' ')}: ${error.message}\n${stdout}\n${stderr}`, { cause: error }));
      else resolve({ stdout, stderr });
    });
  });
}

/** The environment without what npm, Nx and Vitest tell the commands that they start: a user's shell has none of it. */
function userEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(npm_(config_local_prefix|config_workspaces?|package_.*|lifecycle_.*|command)|NX_.*|VITEST.*|NODE_ENV|NODE_OPTIONS)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
