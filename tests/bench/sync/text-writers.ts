import type { Random } from '#server/rehearsal/crowd/seeded-random.ts';

import { holdsWithin, type Crowd, type CrowdMember } from './crowd.ts';
import type { Writer } from './typing.ts';
import { Typist } from './typist.ts';

/** The heading of the sheet that everybody writes under. */
const root = 'proposal';
/** Multiples of it, cut to their fraction, are evenly spread however many there are. */
const goldenRatio = 0.618_033_988_749_895;

/** Lets a document's first person put this text into it; returns how the others come to write there. */
export async function fillText(
	crowd: Crowd,
	text: string,
	random: Random,
): Promise<(person: CrowdMember, index: number) => Writer> {
	const { founder, witness } = await crowd.found();
	const typist = new Typist(founder.clientId, { root, before: null, after: null }, random);
	founder.member.sendUpdate(typist.paste(text));
	if (!(await holdsWithin(10_000, () => witness.document.getText(root).length === text.length)))
		throw new Error('The document did not take its first text');

	return (person, index) => {
		const clock = Math.floor(((index * goldenRatio) % 1) * (text.length - 1));
		const owner = founder.clientId;
		const place = { root, before: { client: owner, clock }, after: { client: owner, clock: clock + 1 } };
		return typeFor(person, crowd, new Typist(person.clientId, place, random));
	};
}

function typeFor({ member }: CrowdMember, { journal }: Crowd, typist: Typist): Writer {
	return {
		sockets: 0,
		receivedBytes: () => 0,
		change() {
			const { update, key } = typist.press();
			journal.sent(key);
			member.sendUpdate(update);
		},
		acknowledged: () => member.saved(),
		close: () => undefined,
	};
}
