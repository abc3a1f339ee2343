import process from 'node:process';
import { expect, it } from 'vitest';

import { RunningCrowd } from '#server/rehearsal/running-crowd.ts';
import { freePort } from '#tests/helpers/free-port.ts';
import { runProgram } from '#tests/helpers/program.ts';

const runningCrowd = new URL('../../../server/rehearsal/running-crowd.ts', import.meta.url).href;

function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function beginning() {
	const origin = `http://127.0.0.1:${String(await freePort())}`;
	const plan = { participants: 10, ideasPerMinute: 1, minutes: 1 };
	return { type: 'begin', origin, code: '12345678', plan, seed: 1 } as const;
}

it('ends at once when it is sent away', async () => {
	const crowd = new RunningCrowd(await beginning());
	expect(isThere(crowd.pid)).toBe(true);
	await crowd[Symbol.asyncDispose]();
	expect(isThere(crowd.pid)).toBe(false);
	expect(await crowd.ended).toBe(false);
});

it('comes to an end when it is stopped, even where nobody answers', async () => {
	await using crowd = new RunningCrowd(await beginning());
	await expect.poll(() => crowd.figures?.phase, { timeout: 10_000 }).toBe('joining');
	crowd.stop();
	expect(await crowd.ended).toBe(true);
	expect(crowd.figures).toMatchObject({ phase: 'ended', joined: 0, lost: null });
});

it('never outlives the program that started it, even if that is killed', async () => {
	const script = `
		const { RunningCrowd } = await import(${JSON.stringify(runningCrowd)});
		console.log('crowd', new RunningCrowd(${JSON.stringify(await beginning())}).pid);
	`;
	await using parent = runProgram(process.execPath, ['--input-type=module', '--eval', script]);
	const pid = Number((await parent.line(/^crowd \d+$/)).split(' ')[1]);
	expect(isThere(pid)).toBe(true);
	parent.kill('SIGKILL');
	await parent.ended;
	await expect.poll(() => isThere(pid), { timeout: 5_000 }).toBe(false);
});
