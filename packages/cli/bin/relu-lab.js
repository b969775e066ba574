#!/usr/bin/env node
import { main } from '../dist/main.js';

// Whoever reads along may stop reading, as `head` does: what is written after that goes nowhere.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
