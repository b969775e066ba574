#!/usr/bin/env node
// Whoever reads along may stop reading, as `head` does: what is written after that goes nowhere.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const advice = error.message.startsWith('Cannot find package')
    ? 'It is not installed: run `npm ci` in the repository, or `npm install` in your project.'
    : 'The packages have not been built: run `npm run build` in the repository.';
  process.stderr.write(`${error.message}\n${advice}\n`);
  process.exitCode = 1;
}
