import { loadConfig } from './environment.ts';
import { buildPagesIfNeeded } from './page-build.ts';
import { serve } from './serve.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const config = loadConfig();
	await buildPagesIfNeeded(() => say('Building the pages; this takes a minute, and only when they have changed.'));
	await serve(config, 'built');
});
