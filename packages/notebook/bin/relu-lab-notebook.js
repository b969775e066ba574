#!/usr/bin/env node
try {
  const { main } = await import('../dist/command-line.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    `${error.message}\nThe packages have not been built: run \`npm run build\` in the repository.\n`,
  );
  process.exitCode = 1;
}
