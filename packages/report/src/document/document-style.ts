/** Rules for what reports do not have: code with its output. It must not contain an end tag. */
export const documentStyle: string = `
.code { margin: 1.2em 0 0.9em; }
.code summary { cursor: pointer; color: var(--muted); font-size: 0.8rem; width: fit-content; padding: 0.1rem 0; }
.code .lines { opacity: 0.8; }
.code pre { margin: 0.25rem 0 0; font-size: 0.84rem; line-height: 1.5; border-left: 3px solid var(--line); border-radius: 0 8px 8px 0; tab-size: 2; }
.said { background: none; border: 0; border-radius: 0; margin: 0.4rem 0 1rem; padding: 0.2rem 0 0.2rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.said.warning { border-left: 3px solid var(--refuted); }
.said.error { border: 2px solid var(--problem); border-radius: 8px; background: var(--problem-page); padding: 0.8rem 1rem; }
.picture img { max-width: 100%; background: #ffffff; }
.document > figure { margin: 1.4rem 0 2rem; }
@media print { .code summary { list-style: none; } }
`;
