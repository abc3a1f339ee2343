import process from 'node:process';

/** Random tests take the same ways each time, unless `FUZZ_SEED` sends them on others. */
export const seed = Number(process.env.FUZZ_SEED ?? 2026);
