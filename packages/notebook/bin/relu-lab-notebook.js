#!/usr/bin/env node
try {
  const { main } = await import('../dist/command-line.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const advice = error.message.startsWith('Cannot find package')
    ? 'It is not installed: run `npm ci` in the repository, or `npm install` in your project.'
    : 'The packages have not been built: run `npm run build` in the repository.';
  process.stderr.write(`${error.message}\n${advice}\n`);
  process.exitCode = 1;
}
