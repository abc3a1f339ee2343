/** The synthetic people of a rehearsal as a process of its own; what it is told and tells stands in `crowd-messages.ts`. */
import process from 'node:process';
import { createInterface } from 'node:readline';

import { Crowd } from './crowd.ts';
import { crowdOrder, type CrowdBeginning, type CrowdReport } from './crowd-messages.ts';
import { readIdeaTexts } from './idea-texts.ts';

const reportMs = 1_000;

const texts = await readIdeaTexts();
let crowd: Crowd | undefined;

createInterface({ input: process.stdin })
	.on('line', (line) => {
		const order = crowdOrder.parse(JSON.parse(line));
		if (order.type === 'stop') crowd?.stop();
		else if (crowd === undefined) void play(order);
	})
	.on('close', () => process.exit(0));

async function play(beginning: CrowdBeginning): Promise<void> {
	const playing = new Crowd(beginning, texts);
	crowd = playing;
	const reporting = setInterval(() => report(playing), reportMs);
	await playing.run();
	clearInterval(reporting);
	report(playing);
	process.stdout.end(() => process.exit(0));
}

function report(playing: Crowd): void {
	const line: CrowdReport = { type: 'figures', figures: playing.read() };
	process.stdout.write(`${JSON.stringify(line)}\n`);
}
