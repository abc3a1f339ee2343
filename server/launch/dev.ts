import { loadConfig } from './environment.ts';
import { serve } from './serve.ts';
import { runCommand } from './terminal.ts';

await runCommand(() => serve(loadConfig(), 'development'));
