/**
 * The board as it runs on a server, from pages that are built already: `NODE_ENV=production node server/main.ts`.
 * On a machine where that isn't taken care of, `npm start` builds first.
 */
import { loadConfig } from './launch/environment.ts';
import { serve } from './launch/serve.ts';
import { runCommand } from './launch/terminal.ts';

await runCommand(() => serve(loadConfig(), 'built'));
