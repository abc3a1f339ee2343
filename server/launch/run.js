/**
 * The entry of every npm script: `node server/launch/run.js COMMAND …`. It is JavaScript that an old Node understands,
 * because its first task is to say so when the Node at hand is too old to run the rest, which is TypeScript.
 * npm puts `node_modules/.bin` first, so wherever the optional package with Node 24 was installed, that is the Node.
 */
import process from 'node:process';

const commands = {
	start: './start.ts',
	dev: './dev.ts',
	demo: './demo.ts',
	'sign-in': './sign-in.ts',
	migrate: './migrate.ts',
	import: './import.ts',
	backup: './backup.ts',
	restore: './restore.ts',
	test: '../../tests/run.ts',
	prove: '../../tests/prove.ts',
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const command = process.argv[2] ?? '';

if (major < 24 || (major === 24 && minor < 11)) {
	process.stderr.write(
		`Boost Board needs Node 24.11 or newer; this is ${process.versions.node}, and npm found no newer one for this machine (${process.platform}, ${process.arch}). Install it from https://nodejs.org and try again.\n`,
	);
	process.exitCode = 1;
} else if (!Object.hasOwn(commands, command)) {
	process.stderr.write(`There is no command "${command}"; there are ${Object.keys(commands).join(', ')}.\n`);
	process.exitCode = 1;
} else {
	process.env.NODE_ENV ??= command === 'dev' ? 'development' : 'production';
	await import(commands[/** @type {keyof typeof commands} */ (command)]);
}
